package io.facet.hub.live;

import io.facet.hub.HubWebFront;
import io.facet.hub.security.ApiKeys;
import io.facet.hub.security.Role;
import io.facet.hub.testing.DevHub;
import io.facet.hub.testing.NodeScript;
import io.facet.model.SiteScope;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The npm socket.io-client at a whole hub, which is stopped and started again under it. */
class SocketIoClientIT {
    @TempDir Path data;

    @Test
    void theNpmClientGetsWhatTheContractSays() throws Exception {
        DevHub hub = DevHub.in(data, new HubWebFront());
        int port = hub.port();
        try {
            ApiKeys keys = hub.services().apiKeys();
            ApiKeys.Issued admin = keys.issue("admin", Role.ADMIN, SiteScope.ALL);
            ApiKeys.Issued viewer = keys.issue("viewer", Role.VIEWER, SiteScope.ALL);
            try (NodeScript script =
                    NodeScript.startOrSkip(
                            "client.mjs",
                            "--url",
                            "http://127.0.0.1:" + port,
                            "--key",
                            admin.key().reveal(),
                            "--viewer",
                            viewer.key().reveal(),
                            "--prefix",
                            viewer.description().prefix())) {
                for (String step :
                        new String[] {
                            "websocket",
                            "polling",
                            "polling to websocket",
                            "strangers",
                            "filters",
                            "cookie",
                            "signed out",
                            "revoked",
                            "stop"
                        }) {
                    script.awaitStep(step);
                }
                hub.close();
                script.awaitStep("start");
                hub = DevHub.in(data, new HubWebFront(), port);
                script.say("started");
                script.awaitStep("reconnected");
            }
        } finally {
            hub.close();
        }
    }
}
