package io.facet.lifecycle;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * Sends datagrams to a Unix socket, as sd_notify(3) does; the JDK has Unix sockets for streams
 * only. By the C library's own calls, on Linux. Thread-safe.
 */
final class NotifySocket {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int FAMILY_BYTES = 2;
    private static final int PATH_BYTES = 108;

    private final String address;
    private final MethodHandle socket;
    private final MethodHandle sendto;
    private final MethodHandle close;

    /**
     * @param address a path, or a name that begins with {@code @} in the abstract name space
     * @throws IllegalArgumentException when it is too long for a socket address
     * @throws UnsupportedOperationException where there is no such C library
     */
    NotifySocket(String address) {
        if (address.getBytes(StandardCharsets.UTF_8).length >= PATH_BYTES) {
            throw new IllegalArgumentException("too long for a socket address: " + address);
        }
        this.address = address;
        this.socket =
                function(
                        "socket",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT));
        this.sendto =
                function(
                        "sendto",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT));
        this.close =
                function(
                        "close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    @SuppressWarnings("restricted") // the launcher allows native access
    private static MethodHandle function(String name, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        MemorySegment at =
                linker.defaultLookup()
                        .find(name)
                        .orElseThrow(() -> new UnsupportedOperationException("no " + name + "()"));
        return linker.downcallHandle(at, shape);
    }

    /** Sends one message; false when nobody takes it. */
    boolean send(String message) {
        try (Arena arena = Arena.ofConfined()) {
            int fd = (int) socket.invokeExact(AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            if (fd < 0) {
                return false;
            }
            try {
                return sent(fd, message.getBytes(StandardCharsets.UTF_8), arena);
            } finally {
                int _ = (int) close.invokeExact(fd);
            }
        } catch (RuntimeException | Error defect) {
            throw defect;
        } catch (Throwable impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private boolean sent(int fd, byte[] message, Arena arena) throws Throwable {
        MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, message);
        MemorySegment to = arena.allocate(FAMILY_BYTES + PATH_BYTES, Short.BYTES);
        to.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = path.length > 0 && path[0] == '@';
        if (isAbstract) {
            path[0] = 0;
        }
        MemorySegment.copy(path, 0, to, ValueLayout.JAVA_BYTE, FAMILY_BYTES, path.length);
        int length = FAMILY_BYTES + path.length + (isAbstract ? 0 : 1);
        long count =
                (long)
                        sendto.invokeExact(
                                fd, bytes, (long) message.length, MSG_NOSIGNAL, to, length);
        return count == message.length;
    }
}
