package io.facet.cli.client;

import io.facet.cli.client.HubClient.Answer;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.error.FullDisk;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.BiFunction;

/** A file of personal data in the making: its owner's alone, and whole or not there. */
record Download(Path file) {
    static Download to(Path file) {
        return new Download(file);
    }

    /**
     * Fetches it; the bytes it has.
     *
     * @param refusal makes an answer of a status and a body
     * @throws FacetException {@code INVALID_ARGUMENT} when the file exists or cannot be made; what
     *     the hub said when it refuses
     */
    long from(HttpClient http, HttpRequest request, BiFunction<Integer, byte[], Answer> refusal)
            throws IOException, InterruptedException {
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() >= 300) {
                refusal.apply(response.statusCode(), body.readAllBytes()).orThrow();
            }
            return write(body);
        }
    }

    private long write(InputStream body) throws IOException {
        try (FileChannel out = create()) {
            return body.transferTo(Channels.newOutputStream(out));
        } catch (FileAlreadyExistsException there) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, file + " is there already; name a new file", there);
        } catch (FileSystemException notThere) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT,
                    file + " cannot be made: " + notThere.getMessage(),
                    notThere);
        } catch (IOException cut) {
            Files.deleteIfExists(file);
            if (FullDisk.caused(cut)) {
                throw new FacetException(
                        ErrorCode.DISK_FULL, "the disk of " + file + " is full", cut);
            }
            throw cut;
        }
    }

    private FileChannel create() throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
