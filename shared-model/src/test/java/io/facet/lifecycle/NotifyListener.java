package io.facet.lifecycle;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/** Plays the service manager: a Unix datagram socket, which the JDK does not have. */
final class NotifyListener implements AutoCloseable {
    private final int fd;

    /** Binds to a path, or to {@code @NAME} in the abstract name space. */
    NotifyListener(String address) throws Throwable {
        MethodHandle socket = function("socket", ints(3));
        MethodHandle bind =
                function(
                        "bind",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT));
        fd = (int) socket.invokeExact(1, 2, 0);
        byte[] path = address.getBytes(StandardCharsets.UTF_8);
        int end = path[0] == '@' ? 0 : 1;
        path[0] = path[0] == '@' ? 0 : path[0];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment at = arena.allocate(110, 2);
            at.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
            MemorySegment.copy(path, 0, at, ValueLayout.JAVA_BYTE, 2, path.length);
            if ((int) bind.invokeExact(fd, at, 2 + path.length + end) != 0) {
                throw new IllegalStateException("cannot bind " + address);
            }
        }
    }

    /** Waits for the next message. */
    String next() throws Throwable {
        MethodHandle recv =
                function(
                        "recv",
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS,
                                ValueLayout.JAVA_LONG,
                                ValueLayout.JAVA_INT));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(4096);
            long count = (long) recv.invokeExact(fd, buffer, 4096L, 0);
            byte[] bytes = buffer.asSlice(0, count).toArray(ValueLayout.JAVA_BYTE);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static FunctionDescriptor ints(int arguments) {
        ValueLayout[] types = new ValueLayout[arguments];
        java.util.Arrays.fill(types, ValueLayout.JAVA_INT);
        return FunctionDescriptor.of(ValueLayout.JAVA_INT, types);
    }

    @SuppressWarnings("restricted") // tests run with native access allowed
    private static MethodHandle function(String name, FunctionDescriptor shape) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), shape);
    }

    @Override
    public void close() {
        try {
            int _ = (int) function("close", ints(1)).invokeExact(fd);
        } catch (Throwable failure) {
            throw new IllegalStateException(failure);
        }
    }
}
