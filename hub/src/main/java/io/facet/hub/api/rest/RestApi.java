package io.facet.hub.api.rest;

import io.facet.hub.services.Auditor;
import io.facet.hub.services.HubServices;
import io.helidon.webserver.http.HttpRouting;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every call of the REST API, each with who may call it and what it takes and gives. */
public final class RestApi {
    private final Dispatcher dispatcher;
    private final List<Endpoint> endpoints;

    /** The API of a hub. */
    public RestApi(HubServices hub) {
        Credentials credentials = new Credentials(hub.authenticator());
        List<Endpoint> all = new ArrayList<>(calls(hub, credentials));
        all.addAll(new OpenApiEndpoints(all).all());
        endpoints = List.copyOf(all);
        dispatcher =
                new Dispatcher(
                        new Callers(credentials, hub.safeguards().requests()),
                        new Auditing(Auditor.of(hub)),
                        new Repetition(hub.idempotency(), hub.config().limits().imageBytes()),
                        hub.monitoring().requests());
    }

    private static List<Endpoint> calls(HubServices hub, Credentials credentials) {
        int imageBytes = hub.config().limits().imageBytes();
        return Stream.of(
                        new FaceEndpoints(hub.people(), imageBytes).all(),
                        new PeopleEndpoints(hub.people(), imageBytes).all(),
                        new WatchlistEndpoints(hub.watchlists(), hub.people()).all(),
                        new RecognitionEndpoints(hub.recognition(), imageBytes).all(),
                        new AnalysisEndpoints(hub.analysis(), imageBytes).all(),
                        new CameraEndpoints(hub.cameras()).all(),
                        new LiveEndpoints(hub.cameras(), hub.live(), hub.authenticator()).all(),
                        new EventEndpoints(hub.events()).all(),
                        new DispatchEndpoints(hub.feed(), hub.people(), hub.cameras(), hub.clock())
                                .all(),
                        new SessionEndpoints(
                                        hub.authenticator(), hub.safeguards().users(), hub.clock())
                                .all(),
                        new OpenIdEndpoints(
                                        hub.safeguards().elsewhere(),
                                        hub.safeguards().users(),
                                        hub.clock())
                                .all(),
                        new UserEndpoints(hub.safeguards().users()).all(),
                        new AuditEndpoints(hub.safeguards().audit()).all(),
                        new SecurityEndpoints(hub.safeguards().rotation()).all(),
                        new DataSubjectEndpoints(
                                        hub.people(),
                                        hub.safeguards().consents(),
                                        hub.events(),
                                        hub.clock())
                                .all(),
                        new KeyEndpoints(hub.apiKeys()).all(),
                        new DeviceEndpoints(hub.devices(), hub.sync(), hub.joining(), hub.broker())
                                .all(),
                        new JoinEndpoints(hub.joining()).all(),
                        new ErasureEndpoints(hub.safeguards().erasures(), hub.devices()).all(),
                        new SelectionEndpoints(hub.devices(), hub.selections()).all(),
                        new EnrolmentEndpoints(hub.enrolments(), hub.people()).all(),
                        new SettingsEndpoints(hub.settings()).all(),
                        new ModelEndpoints(hub.models()).all(),
                        new ArtefactEndpoints(hub.artefacts()).all(),
                        new RolloutEndpoints(hub.rollouts()).all(),
                        new HealthEndpoints(
                                        hub.health(), new KnownCallers(credentials, hub.clock()))
                                .all(),
                        new MetricsEndpoints(hub.monitoring().metrics()).all(),
                        new AlertEndpoints(hub.monitoring().alerts()).all(),
                        new WebhookEndpoints(hub.monitoring().webhooks()).all())
                .flatMap(List::stream)
                .toList();
    }

    /** All of them; nothing else answers under {@code /api} and {@code /health}. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public void register(HttpRouting.Builder routing) {
        dispatcher.register(routing, endpoints);
    }

    /** Answers what no other route has taken, as a problem; register it last. */
    public void registerRest(HttpRouting.Builder routing) {
        routing.any("/*", (_, response) -> dispatcher.missing(response));
    }
}
