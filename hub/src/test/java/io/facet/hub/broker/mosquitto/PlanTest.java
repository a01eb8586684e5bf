package io.facet.hub.broker.mosquitto;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.model.AgentId;
import io.facet.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final AgentId NORTH = new AgentId("north");
    private static final AgentId SOUTH = new AgentId("south");

    @Test
    void whoIsInTheBooksOnlyComesAndWhoIsAtTheBrokerOnlyGoes() {
        Plan.Present present =
                present(Map.of("11", "facet-box-north", "north", "facet-box-north"), "north");
        Clients wanted = new Clients(Map.of("12", NORTH, "21", SOUTH), Set.of());
        assertThat(said(Plan.commands(present, wanted)))
                .containsExactlyInAnyOrder(
                        "deleteClient 11",
                        "deleteClient north",
                        "createRole facet-box-south",
                        "createClient 12",
                        "createClient 21");
    }

    @Test
    void aBoxWithNothingLeftLosesItsRoleAfterItsClients() {
        Plan.Present present = present(Map.of("11", "facet-box-north"), "north");
        assertThat(said(Plan.commands(present, new Clients(Map.of(), Set.of()))))
                .containsExactly("deleteClient 11", "deleteRole facet-box-north");
    }

    @Test
    void whatIsInLineStaysAndAKeyUnknownToTheBrokerCannotBeMade() {
        Plan.Present present =
                present(
                        Map.of("11", "facet-box-north", "south", "facet-box-south"),
                        "north",
                        "south");
        Clients same = new Clients(Map.of("11", NORTH), Set.of(SOUTH));
        assertThat(Plan.commands(present, same)).isEmpty();
        Plan.Present without = present(Map.of("11", "facet-box-north"), "north", "south");
        assertThat(Plan.commands(without, same)).isEmpty();
    }

    @Test
    void clientsAndRolesOfOthersAreLeft() {
        Plan.Present present = present(Map.of("grafana", "readers", "HUB", "admin"));
        assertThat(present.clients()).isEmpty();
        assertThat(Plan.commands(present, new Clients(Map.of(), Set.of()))).isEmpty();
    }

    @Test
    void aRoleThatAllowsAnotherThingIsMadeRightAndARightOneLeft() {
        ObjectNode roles = JSON.createObjectNode();
        ArrayNode list = roles.putArray("roles");
        list.add(Commands.createRole(NORTH));
        ObjectNode old = Commands.createRole(SOUTH);
        ((ArrayNode) old.path("acls")).remove(0);
        list.add(old);
        list.addObject().put("rolename", "admin").putArray("acls");
        assertThat(said(Plan.outdated(roles))).containsExactly("modifyRole facet-box-south");
    }

    @Test
    void aRoleAllowsItsBoxesTopicsInTheirDirectionOnly() {
        JsonNode rules = Commands.createRole(NORTH).path("acls");
        assertThat(topics(rules, "publishClientSend"))
                .containsExactlyInAnyOrder(
                        Topics.events(NORTH), Topics.state(NORTH), Topics.liveFrames(NORTH));
        assertThat(topics(rules, "publishClientReceive"))
                .contains(Topics.acks(NORTH), Topics.HUB_INFO)
                .doesNotContainAnyElementsOf(topics(rules, "publishClientSend"));
        assertThat(topics(rules, "subscribeLiteral"))
                .isEqualTo(topics(rules, "publishClientReceive"));
        assertThat(topics(rules, "subscribePattern")).isEmpty();
    }

    private static List<String> topics(JsonNode rules, String kind) {
        List<String> topics = new ArrayList<>();
        rules.forEach(rule -> {
            if (rule.path("acltype").asText().equals(kind)) {
                topics.add(rule.path("topic").asText());
            }
        });
        return topics;
    }

    private static Plan.Present present(Map<String, String> clients, String... boxes) {
        ObjectNode listed = JSON.createObjectNode();
        clients.forEach((name, role) ->
                listed.withArray("clients")
                        .addObject()
                        .put("username", name)
                        .putArray("roles")
                        .addObject()
                        .put("rolename", role));
        ObjectNode roles = JSON.createObjectNode();
        roles.withArray("roles").add("admin").add("readers");
        for (String box : boxes) {
            roles.withArray("roles").add("facet-box-" + box);
        }
        return Plan.present(listed, roles);
    }

    private static List<String> said(List<ObjectNode> commands) {
        return commands.stream()
                .map(command ->
                        command.path("command").asText()
                                + " "
                                + command.path("username").asText("")
                                + command.path("rolename").asText(""))
                .toList();
    }
}
