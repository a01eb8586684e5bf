package io.facet.hub;

import io.facet.config.FacetConfig;
import io.facet.hub.alerts.AlertService;
import io.facet.hub.alerts.AlertWatch;
import io.facet.hub.alerts.Alerts;
import io.facet.hub.alerts.Rule;
import io.facet.hub.alerts.Severity;
import io.facet.hub.events.EventService;
import io.facet.hub.events.HubEvent;
import io.facet.hub.events.LiveFeed;
import io.facet.hub.mail.AlertMailer;
import io.facet.hub.webhooks.Dispatcher;
import io.facet.hub.webhooks.Intake;
import io.facet.hub.webhooks.WebhookService;
import io.facet.hub.webhooks.Webhooks;
import io.facet.lifecycle.Lifecycle;
import io.facet.model.Uuid7;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;

/** Alerts and the ways they are told: viewers, webhooks, mail. */
record Alarms(AlertService alerts, WebhookService webhooks) {
    private static final Duration MAIL_EVERY = Duration.ofSeconds(5);

    /** What they are wired from. */
    record Wiring(
            FacetConfig config,
            Stores stores,
            EventService events,
            LiveFeed feed,
            Observation watch,
            Uuid7 ids,
            InstantSource clock) {}

    static Alarms start(Wiring w, Lifecycle parts) {
        EventBodies bodies = new EventBodies(w.events());
        Webhooks webhooks = webhooks(w, bodies, parts);
        FacetConfig.Alerts config = w.config().alerts();
        Alerts alerts =
                new Alerts(
                        Rule.of(config),
                        w.watch().signals(),
                        w.stores().alerts(),
                        mailed(w.config().email()),
                        event -> tell(event, webhooks, w.feed()),
                        config.keep(),
                        w.ids(),
                        w.clock());
        w.watch().read(alerts);
        if (config.enabled()) {
            parts.start("alerts", () -> new AlertWatch(alerts::evaluate, config.interval()));
        }
        if (!w.config().email().host().isEmpty()) {
            AlertMailer mailer =
                    new AlertMailer(
                            w.stores().alerts(),
                            w.config().email(),
                            w.watch().metrics()::mail,
                            w.clock());
            parts.start("mail", () -> new AlertWatch(mailer::sendDue, MAIL_EVERY));
        }
        return new Alarms(alerts, webhooks);
    }

    private static void tell(HubEvent event, Webhooks webhooks, LiveFeed feed) {
        webhooks.take(event);
        feed.publish(event);
    }

    private static Predicate<Severity> mailed(FacetConfig.Email email) {
        Severity least = Severity.of(email.minSeverity());
        return severity -> !email.host().isEmpty() && severity.compareTo(least) >= 0;
    }

    private static Webhooks webhooks(Wiring w, EventBodies bodies, Lifecycle parts) {
        Dispatcher dispatcher =
                parts.start(
                        "webhooks",
                        () ->
                                new Dispatcher(
                                        w.stores().webhooks(),
                                        w.stores().deliveries(),
                                        bodies,
                                        w.config().webhooks(),
                                        w.watch().metrics()::delivery,
                                        w.clock()));
        Webhooks webhooks =
                new Webhooks(
                        w.stores().webhooks(),
                        w.stores().deliveries(),
                        bodies,
                        w.config().webhooks(),
                        dispatcher::wake,
                        w.ids(),
                        new SecureRandom(),
                        w.clock());
        w.watch().probes().queue("webhooks", dispatcher::queue);
        Intake intake = new Intake(webhooks::take);
        parts.own("webhook intake", intake);
        parts.own("webhook feed", w.feed().subscribe(intake));
        dispatcher.start();
        return webhooks;
    }
}
