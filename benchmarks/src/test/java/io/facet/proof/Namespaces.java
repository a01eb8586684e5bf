package io.facet.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Three network namespaces and the links between them.
 *
 * <pre>
 *   box A 10.77.1.2 ---- 10.77.1.1 \
 *                                    hub 10.77.0.1 and 10.77.0.2 ---- this machine
 *   box B 10.77.2.2 ---- 10.77.2.1 /
 * </pre>
 *
 * <p>Used by one thread.
 */
final class Namespaces implements AutoCloseable {
    /** Where boxes find the hub. */
    static final String HUB = "10.77.0.1";

    /**
     * The hub again, for a proxy in a box's namespace whose way to {@link #HUB} leads to itself.
     */
    static final String HUB_BESIDE = "10.77.0.2";

    /** The hub as this machine finds it. */
    static final String HUB_FROM_HERE = "10.77.9.1";

    private static final String LINK = "eth0";

    private final String prefix = "facet" + ProcessHandle.current().pid();

    /** A namespace of the test. */
    enum Place {
        HUB(0),
        A(1),
        B(2);

        private final int number;

        Place(int number) {
            this.number = number;
        }
    }

    private Namespaces() {}

    /** Makes them; otherwise the reason why that cannot be done here. */
    static Made make() throws IOException, InterruptedException {
        for (String tool : List.of("ip", "nft")) {
            if (program(tool).isEmpty()) {
                return new Made(Optional.empty(), "the program " + tool + " is not installed");
            }
        }
        Namespaces namespaces = new Namespaces();
        try {
            namespaces.build();
            return new Made(Optional.of(namespaces), "");
        } catch (IllegalStateException refused) {
            namespaces.close();
            return new Made(Optional.empty(), String.valueOf(refused.getMessage()));
        }
    }

    /** The namespaces, or why there are none. */
    record Made(Optional<Namespaces> namespaces, String whyNot) {}

    private void build() throws IOException, InterruptedException {
        for (Place place : Place.values()) {
            ip("netns", "add", name(place));
            in(place, "ip", "link", "set", "lo", "up");
        }
        in(Place.HUB, "ip", "address", "add", HUB + "/32", "dev", "lo");
        in(Place.HUB, "ip", "address", "add", HUB_BESIDE + "/32", "dev", "lo");
        link(Place.A);
        link(Place.B);
        linkFromHere();
        // Rules must be possible too; the first one that is wanted would come late.
        for (Place box : List.of(Place.A, Place.B)) {
            in(box, "nft", "add table ip redirected");
            in(box, "nft", "add chain ip redirected out { type nat hook output priority -100; }");
            lose(box, 1);
            clear(box);
        }
    }

    private void link(Place box) throws IOException, InterruptedException {
        String near = "10.77." + box.number + ".1";
        String far = "10.77." + box.number + ".2";
        ip(
                "link",
                "add",
                hubEnd(box),
                "netns",
                name(Place.HUB),
                "type",
                "veth",
                "peer",
                "name",
                LINK,
                "netns",
                name(box));
        in(Place.HUB, "ip", "address", "add", near + "/24", "dev", hubEnd(box));
        in(Place.HUB, "ip", "link", "set", hubEnd(box), "up");
        in(box, "ip", "address", "add", far + "/24", "dev", LINK);
        in(box, "ip", "link", "set", LINK, "up");
        in(box, "ip", "route", "add", "10.77.0.0/24", "via", near);
    }

    private void linkFromHere() throws IOException, InterruptedException {
        ip("link", "add", prefix, "type", "veth", "peer", "name", "here", "netns", name(Place.HUB));
        in(Place.HUB, "ip", "address", "add", HUB_FROM_HERE + "/30", "dev", "here");
        in(Place.HUB, "ip", "link", "set", "here", "up");
        ip("address", "add", "10.77.9.2/30", "dev", prefix);
        ip("link", "set", prefix, "up");
    }

    private String name(Place place) {
        return prefix + "-" + place.name().toLowerCase(Locale.ROOT);
    }

    private static String hubEnd(Place box) {
        return "to-" + box.name().toLowerCase(Locale.ROOT);
    }

    /** What runs a command in a namespace. */
    List<String> enter(Place place) {
        return List.of(program("ip").orElseThrow().toString(), "netns", "exec", name(place));
    }

    /** Pulls a box's cable out. */
    void cut(Place box) throws IOException, InterruptedException {
        in(Place.HUB, "ip", "link", "set", hubEnd(box), "down");
    }

    /** Puts it in again. */
    void mend(Place box) throws IOException, InterruptedException {
        in(Place.HUB, "ip", "link", "set", hubEnd(box), "up");
    }

    /** Loses some packets in a hundred, each way. */
    void lose(Place box, int percent) throws IOException, InterruptedException {
        bothWays(box, "numgen random mod 100 < " + percent + " counter drop");
    }

    /** Lets so many kilobytes a second through, each way, and loses the rest. */
    void limit(Place box, int kilobytes) throws IOException, InterruptedException {
        bothWays(
                box,
                "limit rate over %d kbytes/second burst %d kbytes counter drop"
                        .formatted(kilobytes, kilobytes));
    }

    private void bothWays(Place box, String rule) throws IOException, InterruptedException {
        in(box, "nft", "add table inet facet");
        for (String hook : List.of("input", "output")) {
            String interfaceOf = hook.equals("input") ? "iifname" : "oifname";
            in(
                    box,
                    "nft",
                    "add chain inet facet "
                            + hook
                            + " { type filter hook "
                            + hook
                            + " priority 0; }");
            in(
                    box,
                    "nft",
                    "add rule inet facet " + hook + " " + interfaceOf + " " + LINK + " " + rule);
        }
    }

    /** Packets that rules in a box's namespace have dropped. */
    long dropped(Place box) throws IOException, InterruptedException {
        return Pattern.compile("counter packets (\\d+)")
                .matcher(in(box, "nft", "list table inet facet"))
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    /** Takes back {@link #lose} and {@link #limit}. */
    void clear(Place box) throws IOException, InterruptedException {
        in(box, "nft", "delete table inet facet");
    }

    /** Sends a box's connections to the hub's port through a port of its own namespace. */
    void redirect(Place box, int port, int through) throws IOException, InterruptedException {
        in(
                box,
                "nft",
                "add rule ip redirected out ip daddr "
                        + HUB
                        + " tcp dport "
                        + port
                        + " redirect to :"
                        + through);
    }

    private String in(Place place, String... command) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(enter(place));
        all.addAll(List.of(command));
        return run(all);
    }

    private static void ip(String... arguments) throws IOException, InterruptedException {
        run(
                Stream.concat(
                                Stream.of(program("ip").orElseThrow().toString()),
                                Stream.of(arguments))
                        .toList());
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + said);
        }
        return said;
    }

    private static Optional<Path> program(String name) {
        return Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin")
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What is left of them goes; links go with their namespaces. */
    @Override
    public void close() throws IOException {
        for (Place place : Place.values()) {
            try {
                ip("netns", "delete", name(place));
            } catch (IllegalStateException neverMade) {
                // Then there is nothing to remove.
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
