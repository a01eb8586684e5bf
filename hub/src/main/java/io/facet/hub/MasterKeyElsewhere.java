package io.facet.hub;

import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.MasterKeySource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Master keys that are not in the data folder: in the configuration, or a command's answer. */
final class MasterKeyElsewhere {
    private static final long PATIENCE_SECONDS = 60;

    private MasterKeyElsewhere() {}

    /** What is configured, else the file in the data folder. */
    static MasterKeySource configured(FacetConfig.Hub hub, Path folder) {
        if (!hub.masterKeyCommand().isEmpty()) {
            return new Command(hub.masterKeyCommand());
        }
        return hub.masterKey().isEmpty() ? new MasterKeyFile(folder) : new Configured(hub);
    }

    /** FACET_HUB_MASTER_KEY and FACET_HUB_NEXT_MASTER_KEY, Base64. */
    private record Configured(FacetConfig.Hub hub) implements MasterKeySource {
        @Override
        public Keys read() {
            return new Keys(
                    decoded(hub.masterKey().reveal(), "hub.master_key"),
                    Optional.of(hub.nextMasterKey().reveal())
                            .filter(text -> !text.isEmpty())
                            .map(text -> decoded(text, "hub.next_master_key")));
        }

        @Override
        public byte[] next() {
            return read().next()
                    .orElseThrow(() ->
                            noNext(
                                    "set hub.next_master_key beside hub.master_key, start"
                                            + " the hub and rotate"));
        }

        @Override
        public void finished() {
            // Whoever set the keys makes the next the present one.
        }
    }

    /** Run with {@code present} or {@code next} as its last word; prints Base64, or nothing. */
    private record Command(List<String> command) implements MasterKeySource {
        @Override
        public Keys read() {
            String present = answer("present");
            String next = answer("next");
            return new Keys(
                    decoded(present, "the answer of hub.master_key_command"),
                    Optional.of(next)
                            .filter(text -> !text.isEmpty() && !text.equals(present))
                            .map(text -> decoded(text, "the answer of hub.master_key_command")));
        }

        @Override
        public byte[] next() {
            return read().next()
                    .orElseThrow(() ->
                            noNext(
                                    "let hub.master_key_command answer to \"next\" with the"
                                            + " key to go over to"));
        }

        @Override
        public void finished() {
            // Whoever keeps the keys makes the next the present one.
        }

        private String answer(String which) {
            List<String> words = new java.util.ArrayList<>(command);
            words.add(which);
            try {
                Process process =
                        new ProcessBuilder(words)
                                .redirectError(ProcessBuilder.Redirect.INHERIT)
                                .start();
                process.getOutputStream().close();
                String out =
                        new String(
                                process.getInputStream().readNBytes(1000),
                                StandardCharsets.US_ASCII);
                if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)
                        && process.exitValue() == 0) {
                    return out.strip();
                }
                process.destroyForcibly();
                throw failed(which, null);
            } catch (IOException failure) {
                throw failed(which, failure);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw failed(which, stopped);
            }
        }

        private static FacetException failed(
                String which, @org.jspecify.annotations.Nullable Throwable cause) {
            return new FacetException(
                    ErrorCode.UNAVAILABLE,
                    "hub.master_key_command fails when asked for the " + which + " key",
                    cause);
        }
    }

    private static byte[] decoded(String text, String what) {
        try {
            return MasterKeyFile.checked(Base64.getDecoder().decode(text), what);
        } catch (IllegalArgumentException notBase64) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION,
                    what + " is not Base64 of 32 bytes; openssl rand -base64 32 makes one",
                    notBase64);
        }
    }

    private static FacetException noNext(String what) {
        return new FacetException(ErrorCode.INVALID_CONFIGURATION, what);
    }
}
