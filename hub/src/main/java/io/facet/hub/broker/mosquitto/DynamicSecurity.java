package io.facet.hub.broker.mosquitto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.joining.BrokerAccess;
import io.facet.hub.mqtt.BrokerEndpoint;
import io.facet.model.AgentId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Boxes at a Mosquitto: one client for each certificate and each key in force, each confined to its
 * box's topics. The books are compared after every connection, at every change, and every minute
 * for certificates that ended by themselves; so nothing is lost that happens while the broker is
 * away. Several hubs may do so at one broker. Thread-safe.
 */
public final class DynamicSecurity implements BrokerAccess, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DynamicSecurity.class);
    private static final Duration COMPARED = Duration.ofMinutes(1);
    private static final Duration AWAY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Of one message; it is far below the broker's limit. */
    private static final int COMMANDS = 100;

    private final BrokerEndpoint broker;
    private final String clientId;
    private final Books books;
    private final BlockingQueue<Work> waiting = new LinkedBlockingQueue<>();
    private final Thread keeper;
    private volatile boolean closed;

    /** Who may use the broker, by the hub's books. */
    public interface Books {
        /** Certificates in force, by common name. */
        Map<String, AgentId> certificates();

        /** Boxes with a key in force. */
        Set<AgentId> keys();
    }

    @FunctionalInterface
    private interface Work {
        void on(Control control) throws IOException, InterruptedException;
    }

    private DynamicSecurity(BrokerEndpoint broker, String clientId, Books books) {
        this.broker = broker;
        this.clientId = clientId;
        this.books = books;
        this.keeper = Thread.ofVirtual().name("mosquitto-clients").unstarted(this::keep);
    }

    /**
     * Connects in the background.
     *
     * @param broker with the user whom {@code mosquitto_ctrl dynsec init} made
     */
    public static DynamicSecurity open(BrokerEndpoint broker, String clientId, Books books) {
        DynamicSecurity security = new DynamicSecurity(broker, clientId, books);
        security.keeper.start();
        return security;
    }

    @Override
    public void admit(AgentId agent) {
        waiting.add(this::compare);
    }

    @Override
    public void admit(AgentId agent, Secret key) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        waiting.add(control -> {
            if (told.isDone()) {
                return;
            }
            try {
                enter(control, agent, key);
                told.complete(null);
            } catch (IOException failure) {
                told.completeExceptionally(failure);
                throw failure;
            }
        });
        try {
            told.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException failure) {
            told.cancel(false);
            throw new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "the broker could not be told of the box's key; register the box again when"
                            + " the broker is back",
                    failure);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new FacetException(ErrorCode.UNAVAILABLE, "the hub is closing", stop);
        }
    }

    @Override
    public void end(AgentId agent) {
        waiting.add(this::compare);
    }

    private void keep() {
        try (Control control = new Control(broker, clientId, () -> waiting.add(this::begin))) {
            while (!closed) {
                if (control.isConnected()) {
                    Work work = waiting.poll(COMPARED.toMillis(), TimeUnit.MILLISECONDS);
                    attempt(work == null ? this::compare : work, control);
                } else {
                    Thread.sleep(AWAY);
                }
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    /** What fails for want of a connection is made up for with the next one. */
    private static void attempt(Work work, Control control) throws InterruptedException {
        try {
            work.on(control);
        } catch (IOException | RuntimeException failure) {
            LOG.warn(
                    "boxes at the broker are not up to date: {}; again with its next connection,"
                            + " or within a minute",
                    failure.getMessage());
        }
    }

    private void begin(Control control) throws IOException, InterruptedException {
        control.call(
                List.of(
                        Commands.createHubRole(),
                        Commands.giveHubRole(broker.user()),
                        Commands.denyByDefault()));
        int from = 0;
        JsonNode roles;
        do {
            roles = only(control, Commands.listRoles(from, COMMANDS));
            List<ObjectNode> outdated = Plan.outdated(roles);
            send(control, outdated);
            if (!outdated.isEmpty()) {
                LOG.info("the topics of {} boxes changed; they connect again", outdated.size());
            }
            from += COMMANDS;
        } while (from < roles.path("totalCount").asInt());
        compare(control);
    }

    /** The broker is read before the books: what is in it was in them before. */
    private void compare(Control control) throws IOException, InterruptedException {
        Plan.Present present =
                Plan.present(
                        only(control, Commands.listClients()), only(control, Commands.listRoles()));
        Clients wanted = new Clients(books.certificates(), books.keys());
        List<ObjectNode> commands = Plan.commands(present, wanted);
        send(control, commands);
        if (!commands.isEmpty()) {
            LOG.info("the broker now knows {} clients of boxes", wanted.byName().size());
        }
    }

    private static void enter(Control control, AgentId agent, Secret key)
            throws IOException, InterruptedException {
        List<JsonNode> answers =
                control.call(
                        List.of(
                                Commands.deleteClient(agent.value()),
                                Commands.createRole(agent),
                                Commands.createClient(agent, key)));
        String error = Control.error(answers.getLast());
        if (!error.isEmpty()) {
            throw new IOException("the broker does not take the box's key: " + error);
        }
    }

    private static JsonNode only(Control control, ObjectNode command)
            throws IOException, InterruptedException {
        JsonNode answer = control.call(List.of(command)).getFirst();
        if (!Control.error(answer).isEmpty()) {
            throw new IOException(
                    "the broker refuses " + command.path("command") + ": " + answer.path("error"));
        }
        return answer.path("data");
    }

    /** What another hub did meanwhile is refused, and right. */
    private static void send(Control control, List<ObjectNode> commands)
            throws IOException, InterruptedException {
        for (int from = 0; from < commands.size(); from += COMMANDS) {
            int to = Math.min(commands.size(), from + COMMANDS);
            for (JsonNode answer : control.call(commands.subList(from, to))) {
                if (!Control.error(answer).isEmpty()) {
                    LOG.debug("the broker refuses {}", answer);
                }
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        keeper.interrupt();
        try {
            keeper.join(TimeUnit.SECONDS.toMillis(15));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
