package io.facet.hub.broker;

import static io.netty.handler.codec.mqtt.MqttProperties.MqttPropertyType.WILL_DELAY_INTERVAL;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttVersion;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;

/**
 * Gives a will without a delay the shortest one there is.
 *
 * <p>Artemis sends the will of an MQTT 5 session that outlives its connection from a scan that
 * looks at wills with a delay only; one without would wait until the session expires, a day for a
 * box, instead of going out at once as the standard says (3.1.3.2.2). Stateless; the broker makes
 * it by name.
 */
public final class PromptWills implements MQTTInterceptor {
    private static final int SHORTEST_SECONDS = 1;

    @Override
    public boolean intercept(MqttMessage packet, RemotingConnection connection) {
        if (packet instanceof MqttConnectMessage connect
                && connect.variableHeader().isWillFlag()
                && connect.variableHeader().version() == MqttVersion.MQTT_5.protocolLevel()) {
            delay(connect.payload().willProperties());
        }
        return true;
    }

    private static void delay(MqttProperties will) {
        boolean delayed =
                will.getProperty(WILL_DELAY_INTERVAL.value())
                                instanceof MqttProperties.IntegerProperty present
                        && present.value() != 0;
        if (!delayed) {
            will.add(
                    new MqttProperties.IntegerProperty(
                            WILL_DELAY_INTERVAL.value(), SHORTEST_SECONDS));
        }
    }
}
