package io.facet.hub.api.rest;

import io.facet.hub.services.HubServices;
import io.helidon.webserver.http.HttpRouting;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Every call of the REST API, each with who may call it and what it takes and gives. */
public final class RestApi {
    private final HubServices hub;
    private final List<Endpoint> endpoints;

    /**
     * The API of a hub.
     *
     * @param mqtt where edge boxes reach the broker; a host of 0.0.0.0 is where they reach the hub
     */
    public RestApi(HubServices hub, URI mqtt) {
        this.hub = hub;
        List<Endpoint> all = new ArrayList<>(calls(hub, mqtt));
        all.addAll(new OpenApiEndpoints(all).all());
        endpoints = List.copyOf(all);
    }

    private static List<Endpoint> calls(HubServices hub, URI mqtt) {
        int imageBytes = hub.config().limits().imageBytes();
        return Stream.of(
                        new FaceEndpoints(hub.people(), imageBytes).all(),
                        new PeopleEndpoints(hub.people(), imageBytes).all(),
                        new WatchlistEndpoints(hub.watchlists(), hub.people()).all(),
                        new RecognitionEndpoints(hub.recognition(), imageBytes).all(),
                        new AnalysisEndpoints(hub.analysis(), imageBytes).all(),
                        new CameraEndpoints(hub.cameras()).all(),
                        new EventEndpoints(hub.events()).all(),
                        new DispatchEndpoints(hub.feed(), hub.people(), hub.cameras(), hub.clock())
                                .all(),
                        new SessionEndpoints(hub.authenticator(), hub.clock()).all(),
                        new KeyEndpoints(hub.apiKeys()).all(),
                        new DeviceEndpoints(hub.devices(), hub.sync(), mqtt).all(),
                        new EnrolmentEndpoints(hub.enrolments(), hub.people()).all(),
                        new SettingsEndpoints(hub.settings()).all(),
                        new HealthEndpoints(hub.health()).all())
                .flatMap(List::stream)
                .toList();
    }

    /** All of them; nothing else answers under {@code /api} and {@code /health}. */
    public List<Endpoint> endpoints() {
        return endpoints;
    }

    public void register(HttpRouting.Builder routing) {
        Repetition repetition =
                new Repetition(hub.replays(), hub.clock(), hub.config().limits().imageBytes());
        new Dispatcher(new Credentials(hub.authenticator()), repetition)
                .register(routing, endpoints);
    }

    /** Answers what no other route has taken, as a problem; register it last. */
    public void registerRest(HttpRouting.Builder routing) {
        routing.any("/*", (_, response) -> Dispatcher.missing(response));
    }
}
