package io.facet.hub.api.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.api.json.Json;
import io.facet.hub.api.schema.Plain;
import io.facet.hub.api.schema.Schema;
import io.facet.hub.joining.JoinStore;
import io.facet.hub.joining.JoiningService;
import io.facet.hub.security.Permission;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.tls.Pem;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Tokens for boxes that are to join, joining with one, and renewing a certificate. */
final class JoinEndpoints {
    private static final String TOKENS = "/api/v1/join-tokens";
    private static final Duration LIFETIME = Duration.ofHours(1);

    /** Up to its secret part a token is no secret. */
    private static final int ID = "fj_12345678".length();

    private final JoiningService joining;

    JoinEndpoints(JoiningService joining) {
        this.joining = joining;
    }

    List<Endpoint> all() {
        Access manage = new Access.Needs(Permission.MANAGE_DEVICES);
        return List.of(
                Endpoint.post(TOKENS, manage, issueSpec(), this::issue),
                Endpoint.get(TOKENS, manage, listSpec(), this::list),
                Endpoint.delete(
                        TOKENS + "/{token_id}",
                        manage,
                        Spec.of("Take back a join token that was not used").givesNothing(),
                        this::withdraw),
                Endpoint.post("/api/v1/join", new Access.Open(), joinSpec(), this::join),
                Endpoint.post(
                        "/api/v1/devices/self/certificate",
                        new Access.Needs(Permission.SYNC_GALLERY),
                        renewSpec(),
                        this::renew));
    }

    private static Spec issueSpec() {
        return Spec.of("Make a token with which one edge box may join; it is shown this once")
                .takes(
                        Schema.object()
                                .maybe("site_id", Plain.TEXT)
                                .maybe("agent_id", Plain.TEXT)
                                .maybe("expires_in", Plain.INTEGER))
                .gives(201, token().with("join_token", Plain.TEXT))
                .rule(Spec.Rule.SECRET);
    }

    private static Spec listSpec() {
        return Spec.of("List join tokens").paged().gives(Paging.shape("join_tokens", token()));
    }

    private static Spec joinSpec() {
        return Spec.of("Join as an edge box, with a token and a certificate request (PKCS#10)")
                .takes(
                        Schema.object()
                                .with("token", Plain.TEXT)
                                .with("csr", Plain.TEXT)
                                .maybe("agent_id", Plain.TEXT))
                .gives(201, certificate())
                .rule(Spec.Rule.SECRET);
    }

    private static Spec renewSpec() {
        return Spec.of("A new certificate for this edge box")
                .takes(Schema.object().with("csr", Plain.TEXT))
                .gives(201, certificate())
                .rule(Spec.Rule.SECRET);
    }

    private static Schema.Fields token() {
        return Schema.object()
                .with("token_id", Plain.TEXT)
                .with("site_id", Plain.TEXT)
                .maybe("agent_id", Plain.TEXT)
                .with("created_by", Plain.TEXT)
                .with("created_at", Plain.TIME)
                .with("expires_at", Plain.TIME)
                .maybe("used_at", Plain.TIME);
    }

    private static Schema.Fields certificate() {
        return Schema.object()
                .with("agent_id", Plain.TEXT)
                .with("site_id", Plain.TEXT)
                .with("certificate", Plain.TEXT)
                .with("authorities", Plain.TEXT)
                .with("expires_at", Plain.TIME);
    }

    private Reply issue(Call call) throws IOException {
        JsonFields body = call.json();
        SiteId site = body.text("site_id").map(SiteId::new).orElse(SiteId.DEFAULT);
        if (!call.sites().permits(site)) {
            throw new FacetException(
                    ErrorCode.PERMISSION_DENIED, "you may not let boxes join at that site");
        }
        JoiningService.Issued issued =
                joining.issue(
                        new JoiningService.Wish(
                                site,
                                body.text("agent_id").map(AgentId::new),
                                Duration.ofSeconds(
                                        body.integer("expires_in")
                                                .orElse((int) LIFETIME.toSeconds())),
                                call.principal().id()));
        call.about(issued.description().id());
        ObjectNode json = describe(issued.description());
        json.put("join_token", issued.token().reveal());
        return Reply.created(json);
    }

    private Reply list(Call call) {
        return Reply.ok(
                Paging.of(call, 1000, 1000)
                        .cut(
                                "join_tokens",
                                joining.list(call.sites()),
                                JoinStore.Token::id,
                                JoinEndpoints::describe));
    }

    private Reply withdraw(Call call) {
        String id = call.path("token_id", text -> text);
        call.about(id);
        if (!joining.withdraw(id, call.sites())) {
            throw new FacetException(
                    ErrorCode.NOT_FOUND, "there is no such join token, or it was used");
        }
        return new Reply.Nothing(Optional.empty());
    }

    private static ObjectNode describe(JoinStore.Token token) {
        ObjectNode json = Json.object();
        json.put("token_id", token.id());
        json.put("site_id", token.site().value());
        token.agent().ifPresent(agent -> json.put("agent_id", agent.value()));
        json.put("created_by", token.createdBy());
        json.put("created_at", Json.time(token.createdAt()));
        json.put("expires_at", Json.time(token.expiresAt()));
        token.usedAt().ifPresent(at -> json.put("used_at", Json.time(at)));
        return json;
    }

    private Reply join(Call call) throws IOException {
        JsonFields body = call.json();
        String token = body.requiredText("token");
        call.about(token.substring(0, Math.min(ID, token.length())));
        return certificate(
                joining.join(
                        token, body.requiredText("csr"), body.text("agent_id").map(AgentId::new)));
    }

    private Reply renew(Call call) throws IOException {
        return certificate(
                joining.renew(
                        new AgentId(call.principal().id()),
                        call.json().requiredText("csr"),
                        Credentials.certificate(call.request())));
    }

    private static Reply certificate(JoiningService.Joined joined) {
        ObjectNode json = Json.object();
        json.put("agent_id", joined.agent().value());
        json.put("site_id", joined.site().value());
        json.put("certificate", Pem.of(joined.chain()));
        json.put("authorities", Pem.of(joined.authorities()));
        json.put("expires_at", Json.time(joined.chain().getFirst().getNotAfter().toInstant()));
        return Reply.created(json);
    }
}
