package io.facet.hub.broker.mosquitto;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.config.Secret;
import io.facet.hub.broker.BoxTopics;
import io.facet.model.AgentId;
import io.facet.wire.Topics;
import java.util.Optional;

/**
 * Commands of Mosquitto's dynamic security plugin, <a
 * href="https://mosquitto.org/documentation/dynamic-security/">as it documents them</a>. Stateless.
 */
final class Commands {
    /** The hub's role. */
    private static final String HUB_ROLE = "facet-hub";

    /** What the roles of boxes begin with; one each, for roles know no names of clients. */
    private static final String BOX_ROLE = "facet-box-";

    private static final String SAY = "publishClientSend";
    private static final String HEAR = "publishClientReceive";

    private Commands() {}

    static String role(AgentId agent) {
        return BOX_ROLE + agent.value();
    }

    /** Whose role it is; empty for one of somebody else's making. */
    static Optional<AgentId> box(String role) {
        try {
            return role.startsWith(BOX_ROLE)
                    ? Optional.of(new AgentId(role.substring(BOX_ROLE.length())))
                    : Optional.empty();
        } catch (IllegalArgumentException anothers) {
            return Optional.empty();
        }
    }

    /** Without a rule nobody says or hears anything. */
    static ObjectNode denyByDefault() {
        ObjectNode command = command("setDefaultACLAccess");
        ArrayNode access = command.putArray("acls");
        access.addObject().put("acltype", SAY).put("allow", false);
        access.addObject().put("acltype", HEAR).put("allow", false);
        access.addObject().put("acltype", "subscribe").put("allow", false);
        access.addObject().put("acltype", "unsubscribe").put("allow", true);
        return command;
    }

    static ObjectNode createHubRole() {
        ObjectNode command = command("createRole").put("rolename", HUB_ROLE);
        ArrayNode rules = command.putArray("acls");
        for (String all : new String[] {Topics.PREFIX + "#", "$CONTROL/dynamic-security/#"}) {
            allow(rules, SAY, all);
            allow(rules, HEAR, all);
            allow(rules, "subscribePattern", all);
        }
        return command;
    }

    static ObjectNode giveHubRole(String user) {
        return command("addClientRole").put("username", user).put("rolename", HUB_ROLE);
    }

    static ObjectNode createRole(AgentId agent) {
        return role("createRole", agent);
    }

    /** For a role that allows something else; whoever has it is disconnected. */
    static ObjectNode modifyRole(AgentId agent) {
        return role("modifyRole", agent);
    }

    private static ObjectNode role(String kind, AgentId agent) {
        ObjectNode command = command(kind).put("rolename", role(agent));
        ArrayNode rules = command.putArray("acls");
        BoxTopics.said(agent).forEach(topic -> allow(rules, SAY, topic));
        for (String topic : BoxTopics.heard(agent)) {
            allow(rules, HEAR, topic);
            allow(rules, "subscribeLiteral", topic);
        }
        return command;
    }

    private static void allow(ArrayNode rules, String kind, String topic) {
        rules.addObject()
                .put("acltype", kind)
                .put("topic", topic)
                .put("priority", 0)
                .put("allow", true);
    }

    static ObjectNode deleteRole(AgentId agent) {
        return command("deleteRole").put("rolename", role(agent));
    }

    /** A client that the broker knows by its certificate. */
    static ObjectNode createClient(String name, AgentId agent) {
        ObjectNode command = command("createClient").put("username", name);
        command.putArray("roles").addObject().put("rolename", role(agent));
        return command;
    }

    /** A client that signs in with a key. */
    static ObjectNode createClient(AgentId agent, Secret key) {
        return createClient(agent.value(), agent).put("password", key.reveal());
    }

    /** Its connections end, its queued messages go. */
    static ObjectNode deleteClient(String name) {
        return command("deleteClient").put("username", name);
    }

    static ObjectNode listClients() {
        return command("listClients").put("verbose", true);
    }

    static ObjectNode listRoles() {
        return command("listRoles").put("verbose", false);
    }

    /** Some of them, with what they allow. */
    static ObjectNode listRoles(int from, int count) {
        return command("listRoles").put("verbose", true).put("offset", from).put("count", count);
    }

    private static ObjectNode command(String kind) {
        return JsonNodeFactory.instance.objectNode().put("command", kind);
    }
}
