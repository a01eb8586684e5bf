package io.facet.hub.mqtt;

import io.facet.config.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;

/**
 * Where the broker is, and as whom the hub signs in.
 *
 * @param trust for {@code ssl://}; empty means the JDK's own authorities
 */
public record BrokerEndpoint(String url, String user, Secret password, Optional<SSLContext> trust) {
    private static final int PATIENCE_SECONDS = 10;

    /** For one connection; it is not made again by itself. */
    MqttConnectionOptions options() {
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setConnectionTimeout(PATIENCE_SECONDS);
        options.setAutomaticReconnect(false);
        trust.ifPresent(context -> options.setSocketFactory(context.getSocketFactory()));
        if (!user.isEmpty()) {
            options.setUserName(user);
            options.setPassword(password.reveal().getBytes(StandardCharsets.UTF_8));
        }
        return options;
    }
}
