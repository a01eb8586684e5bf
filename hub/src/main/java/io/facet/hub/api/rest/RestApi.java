package io.facet.hub.api.rest;

import io.facet.hub.services.HubServices;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/** Every call of the REST API, each with who may call it. */
public final class RestApi {
    private final HubServices hub;
    private final Credentials credentials;
    private final List<Endpoint> endpoints;

    /**
     * The API of a hub.
     *
     * @param mqtt where edge boxes reach the broker; a host of 0.0.0.0 is where they reach the hub
     */
    public RestApi(HubServices hub, URI mqtt) {
        this.hub = hub;
        credentials = new Credentials(hub.authenticator());
        int imageBytes = hub.config().limits().imageBytes();
        endpoints =
                Stream.of(
                                new FaceEndpoints(hub.people(), imageBytes).all(),
                                new PeopleEndpoints(hub.people()).all(),
                                new RecognitionEndpoints(hub.recognition(), imageBytes).all(),
                                new CameraEndpoints(hub.cameras()).all(),
                                new EventEndpoints(hub.events()).all(),
                                new DispatchEndpoints(
                                                hub.feed(),
                                                hub.people(),
                                                hub.cameras(),
                                                hub.clock())
                                        .all(),
                                new SessionEndpoints(
                                                hub.authenticator(),
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
                                new DeviceEndpoints(hub.devices(), hub.sync(), mqtt).all(),
                                new HealthEndpoints(
                                                hub.health(),
                                                new KnownCallers(credentials, hub.clock()))
                                        .all(),
                                new MetricsEndpoints(hub.monitoring().metrics()).all())
                        .flatMap(List::stream)
                        .toList();
    }

    /** All of them; nothing else answers under {@code /api} and {@code /health}. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public void register(HttpRouting.Builder routing) {
        new Dispatcher(
                        credentials,
                        new Auditing(hub.safeguards().audit(), hub.clock()),
                        hub.monitoring().requests())
                .register(routing, endpoints);
    }
}
