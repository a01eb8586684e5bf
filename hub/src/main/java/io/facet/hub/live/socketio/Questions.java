package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.facet.hub.live.engineio.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The acknowledgements awaited from one client; each ends in exactly one way. Thread-safe. */
final class Questions {
    private static final Logger LOG = LoggerFactory.getLogger(Questions.class);

    /** Most acknowledgements awaited from one client. */
    private static final int MOST = 100;

    private final Timer timer;
    private final Map<Long, Question> open = new ConcurrentHashMap<>();
    private final AtomicLong nextId = new AtomicLong();

    Questions(Timer timer) {
        this.timer = timer;
    }

    private record Question(Consumer<Answer> asker, Timer.Task deadline) {}

    /** Takes a question in; its number, or nothing when too many are open. */
    OptionalLong ask(Duration patience, Consumer<Answer> asker) {
        if (open.size() >= MOST) {
            return OptionalLong.empty();
        }
        long id = nextId.getAndIncrement();
        Timer.Task deadline = timer.after(patience, () -> end(id, new Answer.Late()));
        open.put(id, new Question(asker, deadline));
        return OptionalLong.of(id);
    }

    void answered(long id, List<JsonNode> values) {
        end(id, new Answer.Given(values));
    }

    /** Ends one that was never sent. */
    void gone(long id) {
        end(id, new Answer.Gone());
    }

    /** Ends all of them. */
    void gone() {
        List.copyOf(open.keySet()).forEach(this::gone);
    }

    @SuppressWarnings("CatchingUnchecked") // a faulty asker must not end the connection
    private void end(long id, Answer answer) {
        Optional<Question> ended = Optional.ofNullable(open.remove(id));
        ended.ifPresent(question -> {
            question.deadline().cancel();
            try {
                question.asker().accept(answer);
            } catch (RuntimeException fault) {
                LOG.warn("a listener to an acknowledgement failed", fault);
            }
        });
    }
}
