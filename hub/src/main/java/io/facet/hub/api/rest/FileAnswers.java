package io.facet.hub.api.rest;

import io.helidon.common.socket.SocketWriterException;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with files, or the part of one that a transfer that broke off still lacks. */
final class FileAnswers {
    private static final Logger LOG = LoggerFactory.getLogger(FileAnswers.class);

    private FileAnswers() {}

    static void send(ServerRequest request, ServerResponse response, Reply.Resource resource)
            throws IOException {
        try (Reply.Resource.Opened opened = resource.source().open();
                FileChannel file = FileChannel.open(opened.file(), StandardOpenOption.READ)) {
            long size = file.size();
            response.header(HeaderNames.ACCEPT_RANGES, "bytes")
                    .header(HeaderNames.ETAG, resource.etag())
                    .header(HeaderNames.CACHE_CONTROL, "no-store");
            switch (ByteRange.of(request, resource.etag(), size)) {
                case ByteRange.Whole _ -> write(response, resource, file, 0, size);
                case ByteRange.Part part -> {
                    response.status(Status.PARTIAL_CONTENT_206)
                            .header(
                                    HeaderNames.CONTENT_RANGE,
                                    "bytes " + part.from() + "-" + part.to() + "/" + size);
                    write(response, resource, file, part.from(), part.length());
                }
                case ByteRange.Beyond _ ->
                        response.status(Status.REQUESTED_RANGE_NOT_SATISFIABLE_416)
                                .header(HeaderNames.CONTENT_RANGE, "bytes */" + size)
                                .send();
            }
        }
    }

    private static void write(
            ServerResponse response,
            Reply.Resource resource,
            FileChannel file,
            long from,
            long length) {
        response.header(HeaderNames.CONTENT_TYPE, resource.mediaType());
        response.contentLength(length);
        try (OutputStream out = response.outputStream();
                WritableByteChannel to = Channels.newChannel(out)) {
            long done = 0;
            while (done < length) {
                long sent = file.transferTo(from + done, length - done, to);
                if (sent <= 0) {
                    throw new IOException("the file ended early");
                }
                done += sent;
            }
        } catch (IOException | UncheckedIOException | SocketWriterException cut) {
            // Nothing out of the ordinary: it asks for the rest when it is back.
            LOG.debug("a transfer broke off", cut);
            throw new CloseConnectionException("a transfer broke off", cut);
        }
    }
}
