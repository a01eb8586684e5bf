package io.facet.hub.api.grpc;

import io.facet.error.FacetException;
import io.facet.hub.audit.AuditEntry;
import io.facet.hub.security.Permission;
import io.facet.wire.rpc.v1.FrameError;
import io.facet.wire.rpc.v1.RecognizeFacesRequest;
import io.facet.wire.rpc.v1.RecognizeFacesResponse;
import io.facet.wire.rpc.v1.RecognizeStreamRequest;
import io.facet.wire.rpc.v1.RecognizeStreamResponse;
import io.grpc.Context;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One run of pictures. A few are looked at side by side; a further one is asked for only when an
 * answer has gone out, so a sender that is faster than the hub, or a reader that is slower, is held
 * back by the line itself. Answers go out in the order of the pictures. A bad picture is answered
 * with what is wrong with it and does not end the run. Thread-safe.
 */
final class FrameStream implements StreamObserver<RecognizeStreamRequest>, OpenStreams.Stream {
    /** Pictures taken in and not answered yet. */
    static final int WINDOW = 4;

    private final ServerCallStreamObserver<RecognizeStreamResponse> reader;
    private final Look look;
    private final Executor executor;
    private final OpenStreams streams;
    private final RpcAudit.Call call;
    private final Deque<CompletableFuture<RecognizeStreamResponse>> inFlight = new ArrayDeque<>();
    private boolean allIn;
    private boolean ended;

    /** What looks at one picture. */
    @FunctionalInterface
    interface Look {
        RecognizeFacesResponse recognize(RecognizeFacesRequest request);
    }

    private FrameStream(
            ServerCallStreamObserver<RecognizeStreamResponse> reader,
            Look look,
            Executor executor,
            OpenStreams streams,
            RpcAudit.Call call) {
        this.reader = reader;
        this.look = look;
        this.executor = Context.currentContextExecutor(executor);
        this.streams = streams;
        this.call = call;
    }

    static FrameStream open(
            ServerCallStreamObserver<RecognizeStreamResponse> reader,
            Look look,
            Executor executor,
            OpenStreams streams,
            RpcAudit audit) {
        RpcAudit.Call call =
                audit.call(Rpc.RECOGNIZE_STREAM, RecognizeStreamRequest.getDefaultInstance());
        FrameStream stream = new FrameStream(reader, look, executor, streams, call);
        try {
            call.beginRead();
        } catch (FacetException unwritable) {
            stream.ended = true;
            reader.onError(Statuses.of(unwritable, Rpc.RECOGNIZE_STREAM.method()));
            return stream;
        }
        reader.disableAutoRequest();
        reader.setOnReadyHandler(stream::drain);
        reader.setOnCancelHandler(() -> stream.left(AuditEntry.READ));
        streams.opened(stream);
        reader.request(WINDOW);
        return stream;
    }

    @Override
    public synchronized void onNext(RecognizeStreamRequest frame) {
        if (ended) {
            return;
        }
        CompletableFuture<RecognizeStreamResponse> answer =
                CompletableFuture.supplyAsync(() -> answer(frame), executor);
        inFlight.addLast(answer);
        // Not on this thread, which holds the lock: the answer may be there already.
        var _ = answer.whenCompleteAsync((_, _) -> drain(), executor);
    }

    private RecognizeStreamResponse answer(RecognizeStreamRequest frame) {
        RecognizeStreamResponse.Builder answer =
                RecognizeStreamResponse.newBuilder().setFrameId(frame.getFrameId());
        try {
            return answer.setResult(look.recognize(request(frame))).build();
        } catch (RuntimeException failed) {
            StatusRuntimeException status = Statuses.of(failed, Rpc.RECOGNIZE_STREAM.method());
            return answer.setError(
                            FrameError.newBuilder()
                                    .setCode(Statuses.wireName(status))
                                    .setDetail(Statuses.detail(status)))
                    .build();
        }
    }

    private static RecognizeFacesRequest request(RecognizeStreamRequest frame) {
        RecognizeFacesRequest.Builder request =
                RecognizeFacesRequest.newBuilder().setImageData(frame.getImageData());
        if (frame.hasThreshold()) {
            request.setThreshold(frame.getThreshold());
        }
        if (frame.hasMaxResults()) {
            request.setMaxResults(frame.getMaxResults());
        }
        return request.build();
    }

    private synchronized void drain() {
        while (!ended && !inFlight.isEmpty() && inFlight.getFirst().isDone() && reader.isReady()) {
            RecognizeStreamResponse answer = inFlight.removeFirst().join();
            call.saw(answer);
            reader.onNext(answer);
            reader.request(1);
        }
        if (!ended && allIn && inFlight.isEmpty()) {
            left(AuditEntry.READ);
            reader.onCompleted();
        }
    }

    @Override
    public synchronized void onCompleted() {
        allIn = true;
        drain();
    }

    /** The sender broke off. */
    @Override
    public void onError(Throwable brokenOff) {
        left(AuditEntry.READ);
    }

    private synchronized void left(String outcome) {
        if (ended) {
            return;
        }
        ended = true;
        call.streamEnded(outcome);
        streams.closed(this);
        inFlight.clear();
    }

    @Override
    public synchronized void end(FacetException why) {
        if (!ended) {
            left(why.code().wireName());
            reader.onError(Statuses.of(why.code(), why.reason(), why.details()));
        }
    }

    @Override
    public Caller caller() {
        return call.caller();
    }

    @Override
    public Permission needs() {
        return Rpc.RECOGNIZE_STREAM.permission();
    }
}
