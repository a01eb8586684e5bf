package io.facet.hub.broker.mosquitto;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.model.AgentId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From what is at the broker to what is in the hub's books. Stateless. */
final class Plan {
    private Plan() {}

    /**
     * What the broker has of Facet's boxes.
     *
     * @param clients boxes by the names of clients
     * @param roles boxes that have a role
     */
    record Present(Map<String, AgentId> clients, Set<AgentId> roles) {}

    /** From the data of {@code listClients} and {@code listRoles}; clients of others are left. */
    static Present present(JsonNode clients, JsonNode roles) {
        Map<String, AgentId> boxes = new HashMap<>();
        for (JsonNode client : clients.path("clients")) {
            for (JsonNode role : client.path("roles")) {
                Commands.box(role.path("rolename").asText())
                        .ifPresent(box -> boxes.put(client.path("username").asText(), box));
            }
        }
        Set<AgentId> theirs = new HashSet<>();
        roles.path("roles").forEach(role -> Commands.box(role.asText()).ifPresent(theirs::add));
        return new Present(boxes, theirs);
    }

    /** Roles of boxes that allow something else than this release's; given with what they allow. */
    static List<ObjectNode> outdated(JsonNode roles) {
        List<ObjectNode> commands = new ArrayList<>();
        for (JsonNode role : roles.path("roles")) {
            Commands.box(role.path("rolename").asText())
                    .map(Commands::modifyRole)
                    .filter(right -> !rules(right).equals(rules(role)))
                    .ifPresent(commands::add);
        }
        return commands;
    }

    private static Set<List<String>> rules(JsonNode role) {
        Set<List<String>> rules = new HashSet<>();
        for (JsonNode rule : role.path("acls")) {
            rules.add(
                    List.of(
                            rule.path("acltype").asText(),
                            rule.path("topic").asText(),
                            rule.path("allow").asText()));
        }
        return rules;
    }

    /**
     * What makes it so. First goes who may no longer come; a box whose key the broker does not know
     * cannot be helped here, for the hub does not know it either.
     */
    static List<ObjectNode> commands(Present present, Clients wanted) {
        List<ObjectNode> commands = new ArrayList<>();
        Map<String, AgentId> names = wanted.byName();
        present.clients()
                .forEach((name, agent) -> {
                    if (!agent.equals(names.get(name))) {
                        commands.add(Commands.deleteClient(name));
                    }
                });
        Set<AgentId> boxes = new HashSet<>(names.values());
        present.roles().stream()
                .filter(agent -> !boxes.contains(agent))
                .forEach(agent -> commands.add(Commands.deleteRole(agent)));
        boxes.stream()
                .filter(agent -> !present.roles().contains(agent))
                .forEach(agent -> commands.add(Commands.createRole(agent)));
        wanted.certificates()
                .forEach((name, agent) -> {
                    if (!agent.equals(present.clients().get(name))) {
                        commands.add(Commands.createClient(name, agent));
                    }
                });
        return commands;
    }
}
