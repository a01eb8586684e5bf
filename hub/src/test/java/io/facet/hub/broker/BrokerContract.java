package io.facet.hub.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.facet.hub.testing.MqttPeer;
import io.facet.hub.testing.TestBroker;
import io.facet.model.AgentId;
import io.facet.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What hub and boxes ask of a broker, of whichever make. */
abstract class BrokerContract {
    static {
        // Paho's threads may fall over their own closing; that is nothing a wait should fail for.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    private static final AgentId BOX = new AgentId("box-1");
    private static final AgentId OTHER = new AgentId("box-2");
    private static final String KEY = "key of box 1";
    private static final String OTHER_KEY = "key of box 2";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // started before every test
    private TestBroker broker;

    abstract TestBroker start(Path folder);

    /** Whether the receive maximum also holds once acknowledgements come. */
    boolean keepsToTheReceiveMaximum() {
        return true;
    }

    @BeforeEach
    void start() {
        broker = start(folder);
        broker.admit(BOX, KEY);
        broker.admit(OTHER, OTHER_KEY);
    }

    @AfterEach
    @SuppressWarnings("ConstantValue") // a skipped test has started none
    void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private MqttPeer.Wish hub() {
        return MqttPeer.as("facet-hub", TestBroker.HUB, broker.hubPassword().reveal());
    }

    private static MqttPeer.Wish box() {
        return MqttPeer.as(BOX.value(), BOX.value(), KEY);
    }

    private static MqttPeer.Wish other() {
        return MqttPeer.as(OTHER.value(), OTHER.value(), OTHER_KEY);
    }

    @Test
    void nobodyIsServedWithoutTheirOwnPassword() throws Exception {
        hub().connect(broker.url()).close();
        box().connect(broker.url()).close();
        String name = BOX.value();
        for (MqttPeer.Wish stranger :
                List.of(
                        MqttPeer.as(name, name, "wrong"),
                        MqttPeer.as(name, name, ""),
                        MqttPeer.as(name, name, OTHER_KEY),
                        MqttPeer.as("nobody", "nobody", KEY),
                        MqttPeer.as("facet-hub", TestBroker.HUB, "wrong"),
                        MqttPeer.as("facet-hub", TestBroker.HUB, KEY))) {
            assertThatThrownBy(() -> stranger.connect(broker.url()))
                    .isInstanceOf(MqttException.class);
        }
    }

    @Test
    void aReplacedKeyIsRefusedFromThenOn() throws Exception {
        MqttPeer old = box().connect(broker.url());
        assertThat(old.publish(Topics.events(BOX), "mine", false)).isTrue();
        broker.admit(BOX, "a new key");
        assertThat(old.publish(Topics.events(BOX), "no longer", false)).isFalse();
        old.abandon();
        assertThatThrownBy(() -> box().connect(broker.url())).isInstanceOf(MqttException.class);
        MqttPeer.as(BOX.value(), BOX.value(), "a new key").connect(broker.url()).close();
    }

    @Test
    void messagesOfQualityOneArriveOnceAndInTheirOrder() throws Exception {
        List<String> sent = IntStream.range(0, 200).mapToObj(Integer::toString).toList();
        try (MqttPeer hub = hub().connect(broker.url());
                MqttPeer box = box().connect(broker.url())) {
            assertThat(hub.subscribe(Topics.ofEveryAgent("events"))).isTrue();
            for (String text : sent) {
                assertThat(box.publish(Topics.events(BOX), text, false)).isTrue();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(hub.arrivals()).hasSize(sent.size()));
            assertThat(hub.on(Topics.events(BOX))).isEqualTo(sent);
            assertThat(hub.arrivals()).allMatch(a -> a.message().getQos() == 1);
        }
    }

    @Test
    void theNewestRetainedHeadReachesWhoComesLaterAlsoAfterARestart() throws Exception {
        try (MqttPeer hub = hub().connect(broker.url())) {
            assertThat(hub.publish(Topics.GALLERY_HEAD, "1", true)).isTrue();
            assertThat(hub.publish(Topics.GALLERY_HEAD, "2", true)).isTrue();
        }
        assertHeard("2");
        broker.restart();
        assertHeard("2");
        try (MqttPeer hub = hub().connect(broker.url())) {
            assertThat(hub.publish(Topics.GALLERY_HEAD, "", true)).isTrue();
            assertThat(hub.publish(Topics.HUB_INFO, "here", true)).isTrue();
        }
        try (MqttPeer box = box().connect(broker.url())) {
            assertThat(box.subscribe(Topics.GALLERY_HEAD)).isTrue();
            assertThat(box.subscribe(Topics.HUB_INFO)).isTrue();
            await().atMost(PATIENCE).until(() -> !box.on(Topics.HUB_INFO).isEmpty());
            assertThat(box.on(Topics.GALLERY_HEAD)).as("no bytes unset it").isEmpty();
        }
    }

    private void assertHeard(String head) throws MqttException {
        try (MqttPeer box = box().connect(broker.url())) {
            assertThat(box.subscribe(Topics.GALLERY_HEAD)).isTrue();
            await().atMost(PATIENCE).until(() -> !box.arrivals().isEmpty());
            assertThat(box.on(Topics.GALLERY_HEAD)).containsExactly(head);
            assertThat(box.arrivals().getFirst().message().isRetained()).isTrue();
        }
    }

    @Test
    void aSessionAndWhatWaitsForItSurviveARestart() throws Exception {
        try (MqttPeer box = box().withSession().connect(broker.url())) {
            assertThat(box.resumed()).isFalse();
            assertThat(box.subscribe(Topics.acks(BOX))).isTrue();
        }
        try (MqttPeer hub = hub().connect(broker.url())) {
            for (String text : List.of("a", "b", "c")) {
                assertThat(hub.publish(Topics.acks(BOX), text, false)).isTrue();
            }
        }
        broker.restart();
        try (MqttPeer box = box().withSession().connect(broker.url())) {
            assertThat(box.resumed()).isTrue();
            await().atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(box.on(Topics.acks(BOX))).containsExactly("a", "b", "c"));
        }
    }

    @Test
    void theWillOfACutLineIsSentSoonAndAGoodbyeSendsNone() throws Exception {
        String state = Topics.state(BOX);
        try (MqttPeer hub = hub().connect(broker.url())) {
            assertThat(hub.subscribe(Topics.ofEveryAgent("state"))).isTrue();
            MqttPeer polite = box().withSession().withWill(state, "wrong", 0).connect(broker.url());
            assertThat(polite.publish(state, "bye", true)).isTrue();
            polite.close();
            for (long delay : new long[] {0, 2}) {
                MqttPeer box =
                        box().withSession()
                                .withWill(state, "gone " + delay, delay)
                                .connect(broker.url());
                assertThat(box.publish(state, "here", true)).isTrue();
                box.die();
                await().atMost(PATIENCE)
                        .untilAsserted(() ->
                                assertThat(hub.on(state).getLast()).isEqualTo("gone " + delay));
            }
            assertThat(hub.on(state)).containsExactly("bye", "here", "gone 0", "here", "gone 2");
        }
        try (MqttPeer later = hub().connect(broker.url())) {
            assertThat(later.subscribe(Topics.ofEveryAgent("state"))).isTrue();
            await().atMost(PATIENCE).until(() -> !later.arrivals().isEmpty());
            assertThat(later.on(state)).containsExactly("gone 2");
        }
    }

    @Test
    void aWillIsNotSentWhenTheBoxIsBackInTime() throws Exception {
        String state = Topics.state(BOX);
        try (MqttPeer hub = hub().connect(broker.url())) {
            assertThat(hub.subscribe(Topics.ofEveryAgent("state"))).isTrue();
            MqttPeer first = box().withSession().withWill(state, "gone", 20).connect(broker.url());
            first.die();
            try (MqttPeer again =
                    box().withSession().withWill(state, "gone", 20).connect(broker.url())) {
                Thread.sleep(3_000);
                assertThat(again.publish(state, "here", true)).isTrue();
                await().atMost(PATIENCE).until(() -> !hub.arrivals().isEmpty());
                assertThat(hub.on(state)).containsExactly("here");
            }
        }
    }

    @Test
    void aBoxSaysAndHearsWhatIsItsOwnOnly() throws Exception {
        List<String> said = List.of(Topics.events(BOX), Topics.state(BOX), Topics.liveFrames(BOX));
        List<String> heard =
                List.of(
                        Topics.acks(BOX),
                        Topics.desiredCameras(BOX),
                        Topics.desiredSoftware(BOX),
                        Topics.liveRequest(BOX),
                        Topics.HUB_INFO,
                        Topics.GALLERY_HEAD);
        try (MqttPeer hub = hub().connect(broker.url());
                MqttPeer box = box().connect(broker.url())) {
            assertThat(hub.subscribe(Topics.PREFIX + "#")).isTrue();
            for (String topic : said) {
                assertThat(box.publish(topic, "mine", false)).as(topic).isTrue();
            }
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(hub.arrivals()).hasSize(said.size()));
            for (String topic : heard) {
                assertThat(box.subscribe(topic)).as(topic).isTrue();
                assertThat(hub.publish(topic, "yours", false)).isTrue();
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(box.on(topic)).containsExactly("yours"));
            }
            for (String topic : heard) {
                assertThat(box.publish(topic, "not mine", false)).as(topic).isFalse();
            }
        }
    }

    @Test
    void aBoxNeitherSaysNorHearsWhatIsAnothers() throws Exception {
        List<String> others =
                List.of(
                        Topics.acks(OTHER),
                        Topics.desiredCameras(OTHER),
                        Topics.desiredSoftware(OTHER),
                        Topics.liveRequest(OTHER),
                        Topics.events(OTHER),
                        Topics.state(OTHER),
                        Topics.liveFrames(OTHER));
        try (MqttPeer hub = hub().connect(broker.url());
                MqttPeer box = other().connect(broker.url());
                MqttPeer sly = box().connect(broker.url())) {
            assertThat(hub.subscribe(Topics.PREFIX + "#")).isTrue();
            for (String topic : others) {
                // A broker may grant what it will not deliver.
                sly.subscribe(topic);
                assertThat(sly.publish(topic, "forged", false)).as(topic).isFalse();
            }
            sly.subscribe(Topics.ofEveryAgent("events"));
            sly.subscribe(Topics.PREFIX + "#");
            sly.subscribe("#");
            sly.subscribe("$SYS/#");
            for (String topic : others) {
                assertThat(hub.publish(topic, "secret", false)).as(topic).isTrue();
            }
            assertThat(box.publish(Topics.events(OTHER), "secret", false)).isTrue();
            assertThat(sly.subscribe(Topics.acks(BOX))).isTrue();
            assertThat(hub.publish(Topics.acks(BOX), "the end", false)).isTrue();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sly.on(Topics.acks(BOX))).contains("the end"));
            assertThat(sly.arrivals()).allMatch(a -> a.topic().equals(Topics.acks(BOX)));
            await().atMost(PATIENCE).until(() -> hub.on(Topics.events(OTHER)).size() >= 2);
            assertThat(hub.arrivals()).noneMatch(a -> a.text().equals("forged"));
        }
    }

    @Test
    void noMoreThanTheReceiveMaximumIsUnderWay() throws Exception {
        int most = 8;
        int all = 40;
        try (MqttPeer hub = hub().withSession().receiving(most).silent().connect(broker.url());
                MqttPeer box = box().connect(broker.url())) {
            assertThat(hub.subscribe(Topics.ofEveryAgent("events"))).isTrue();
            for (int i = 0; i < all; i++) {
                assertThat(box.publish(Topics.events(BOX), "event " + i, false)).isTrue();
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(hub.arrivals()).hasSize(most));
            Thread.sleep(1_000);
            assertThat(hub.arrivals()).hasSize(most);
            for (int acknowledged = 0; acknowledged < all; acknowledged++) {
                Thread.sleep(50);
                if (keepsToTheReceiveMaximum()) {
                    assertThat(hub.arrivals().size() - acknowledged)
                            .as("under way after %s acknowledgements", acknowledged)
                            .isLessThanOrEqualTo(most);
                }
                int next = acknowledged;
                await().atMost(PATIENCE).until(() -> hub.arrivals().size() > next);
                hub.acknowledge(hub.arrivals().get(next));
            }
            assertThat(hub.arrivals()).hasSize(all);
        }
    }
}
