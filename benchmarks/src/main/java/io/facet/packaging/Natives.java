package io.facet.packaging;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar without the programs and libraries of other machines than glibc Linux of one
 * architecture. Told by what is in them: the header of an ELF file names its machine. Stateless.
 */
final class Natives {
    private static final Pattern OTHER_SYSTEMS =
            Pattern.compile("(?i).*/(freebsd|[^/]*musl|[^/]*android|win[^/]*|mac|osx[^/]*)/.*");
    private static final Pattern OTHER_FORMATS =
            Pattern.compile("(?i).*(\\.dll|\\.dylib|\\.jnilib|\\.dsym/.*)");
    private static final int HEADER = 20;
    private static final int MACHINE_AT = 18;

    private Natives() {}

    /** Copies the jar; nothing is rewritten when all of it is to be kept. */
    static void copy(Path jar, Path to, Architecture architecture) throws IOException {
        try (ZipFile from = new ZipFile(jar.toFile())) {
            if (from.stream().allMatch(entry -> kept(from, entry, architecture))) {
                Files.copy(jar, to, StandardCopyOption.REPLACE_EXISTING);
                return;
            }
            try (OutputStream file = Files.newOutputStream(to);
                    ZipOutputStream out = new ZipOutputStream(file)) {
                Enumeration<? extends ZipEntry> entries = from.entries();
                while (entries.hasMoreElements()) {
                    ZipEntry entry = entries.nextElement();
                    if (kept(from, entry, architecture)) {
                        copy(from, entry, out);
                    }
                }
            }
        }
    }

    private static void copy(ZipFile from, ZipEntry entry, ZipOutputStream out) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setLastModifiedTime(entry.getLastModifiedTime());
        out.putNextEntry(copy);
        try (InputStream in = from.getInputStream(entry)) {
            in.transferTo(out);
        }
        out.closeEntry();
    }

    private static boolean kept(ZipFile jar, ZipEntry entry, Architecture architecture) {
        String name = "/" + entry.getName();
        if (entry.isDirectory() || name.endsWith(".class")) {
            return true;
        }
        if (OTHER_FORMATS.matcher(name).matches()) {
            return false;
        }
        try (InputStream in = new BufferedInputStream(jar.getInputStream(entry))) {
            byte[] header = in.readNBytes(HEADER);
            return !isElf(header)
                    || (machine(header) == architecture.elfMachine()
                            && !OTHER_SYSTEMS.matcher(name).matches());
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }

    private static boolean isElf(byte[] header) {
        return header.length == HEADER
                && header[0] == 0x7F
                && header[1] == 'E'
                && header[2] == 'L'
                && header[3] == 'F';
    }

    /** Both architectures are little-endian. */
    private static int machine(byte[] header) {
        return (header[MACHINE_AT] & 0xFF) | (header[MACHINE_AT + 1] & 0xFF) << 8;
    }
}
