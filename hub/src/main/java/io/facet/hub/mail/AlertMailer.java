package io.facet.hub.mail;

import io.facet.config.FacetConfig;
import io.facet.hub.alerts.Alert;
import io.facet.hub.alerts.AlertStore;
import jakarta.mail.MessagingException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the mails that are due, as the alert store keeps them: a mail that a server did not take is
 * tried again, also by the next run of the hub. An alert that was resolved before its mail went out
 * is mailed once, as resolved. One thread.
 */
public final class AlertMailer {
    private static final Logger LOG = LoggerFactory.getLogger(AlertMailer.class);
    private static final int AT_ONCE = 20;
    private static final int MOST_ATTEMPTS = 12;
    private static final Duration FIRST_WAIT = Duration.ofSeconds(15);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final AlertStore store;
    private final SmtpServer server;
    private final Consumer<String> outcome;
    private final InstantSource clock;

    /**
     * Wires the mailer.
     *
     * @param outcome told of every attempt: {@code delivered}, {@code retried} or {@code dead}
     * @throws io.facet.error.FacetException {@code INVALID_CONFIGURATION}
     */
    public AlertMailer(
            AlertStore store,
            FacetConfig.Email config,
            Consumer<String> outcome,
            InstantSource clock) {
        this.store = store;
        this.server = new SmtpServer(config);
        this.outcome = outcome;
        this.clock = clock;
    }

    /**
     * Sends what is due.
     *
     * @throws io.facet.error.FacetException {@code UNAVAILABLE} while the database is away
     */
    public void sendDue() {
        for (AlertStore.Mail mail : store.mailDue(clock.instant(), AT_ONCE)) {
            send(mail);
        }
    }

    private void send(AlertStore.Mail mail) {
        Alert alert = mail.alert();
        try {
            server.send(subject(alert), text(alert), clock.instant());
            store.mailSent(alert.id());
            outcome.accept("delivered");
        } catch (MessagingException failure) {
            int attempts = mail.attempts() + 1;
            boolean dead = attempts >= MOST_ATTEMPTS;
            LOG.warn(
                    "the mail of alert {} was not taken ({}); {}",
                    alert.id(),
                    failure.getClass().getSimpleName(),
                    dead ? "it is given up" : "it is tried again");
            Instant next = clock.instant().plus(wait(attempts));
            store.mailFailed(alert.id(), dead ? Optional.empty() : Optional.of(next));
            outcome.accept(dead ? "dead" : "retried");
        }
    }

    static Duration wait(int attempts) {
        Duration wait = FIRST_WAIT.multipliedBy(1L << Math.min(attempts - 1, 20));
        return wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
    }

    private static String subject(Alert alert) {
        String what =
                alert.state() == Alert.State.RESOLVED ? "resolved" : alert.severity().wireName();
        return "[Facet] " + what + ": " + oneLine(alert.summary());
    }

    /** Names of cameras are made by people; none of them makes a header. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static String text(Alert alert) {
        StringBuilder text = new StringBuilder();
        line(text, "Alert", oneLine(alert.summary()));
        line(text, "State", alert.state().wireName());
        line(text, "Severity", alert.severity().wireName());
        line(text, "Rule", alert.kind().wireName());
        line(text, "Subject", alert.subject());
        alert.site().ifPresent(site -> line(text, "Site", site.toString()));
        line(
                text,
                "Value",
                String.format(Locale.ROOT, "%.3f (limit %.3f)", alert.value(), alert.threshold()));
        line(text, "Since", alert.startedAt().toString());
        alert.resolvedAt().ifPresent(at -> line(text, "Resolved", at.toString()));
        line(text, "Id", alert.id().toString());
        return text.toString();
    }

    private static void line(StringBuilder text, String key, String value) {
        text.append(key).append(": ").append(value).append('\n');
    }
}
