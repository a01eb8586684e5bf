package io.facet.hub.live.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A place clients connect to, and its rooms. Thread-safe. */
public final class Namespace {
    private final String name;
    private final ConnectHandler handler;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<Socket>> rooms = new ConcurrentHashMap<>();

    Namespace(String name, ConnectHandler handler) {
        this.name = name;
        this.handler = handler;
    }

    /** Starts with a slash. */
    public String name() {
        return name;
    }

    ConnectHandler handler() {
        return handler;
    }

    /** Who is connected now. */
    public Collection<Socket> sockets() {
        return List.copyOf(sockets);
    }

    /** Who is in a room now. */
    public Collection<Socket> sockets(String room) {
        return List.copyOf(rooms.getOrDefault(room, Set.of()));
    }

    /** Who is in any of these rooms now, each once. */
    public Set<Socket> socketsOfAny(Collection<String> names) {
        Set<Socket> members = new HashSet<>();
        names.forEach(name -> members.addAll(rooms.getOrDefault(name, Set.of())));
        return members;
    }

    /** Sends an event to everybody. */
    public void emit(String event, JsonNode... arguments) {
        Outgoing outgoing = Outgoing.event(name, event, arguments);
        sockets.forEach(socket -> socket.send(outgoing));
    }

    /** Sends an event to everybody in a room. */
    public void emitTo(String room, String event, JsonNode... arguments) {
        Outgoing outgoing = Outgoing.event(name, event, arguments);
        sockets(room).forEach(socket -> socket.send(outgoing));
    }

    /** Sends an event to those in a room for whom nothing else waits. */
    public void emitVolatileTo(String room, String event, JsonNode... arguments) {
        Outgoing outgoing = Outgoing.event(name, event, arguments);
        sockets(room).forEach(socket -> socket.sendVolatile(outgoing));
    }

    void add(Socket socket) {
        sockets.add(socket);
    }

    void remove(Socket socket) {
        sockets.remove(socket);
    }

    void join(String room, Socket socket) {
        rooms.compute(
                room,
                (_, members) -> {
                    Set<Socket> now = members == null ? ConcurrentHashMap.newKeySet() : members;
                    now.add(socket);
                    return now;
                });
    }

    void leave(String room, Socket socket) {
        rooms.computeIfPresent(
                room,
                (_, members) -> {
                    members.remove(socket);
                    return members.isEmpty() ? null : members;
                });
    }
}
