package io.facet.hub.joining;

import io.facet.config.Secret;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import io.facet.hub.security.Secrets;
import io.facet.model.AgentId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import io.facet.pki.Authority;
import io.facet.pki.CertificateRequest;
import io.facet.pki.Fingerprint;
import io.facet.pki.JoinToken;
import io.facet.pki.Validity;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Joining over a store. Thread-safe. */
public final class Joining implements JoiningService {
    private static final Logger LOG = LoggerFactory.getLogger(Joining.class);
    private static final Duration LONGEST = Duration.ofDays(7);
    private static final Duration REMEMBERED = Duration.ofDays(90);

    private final Parts parts;
    private final Secrets secrets;
    private final SecureRandom random;

    /** Registers boxes. */
    public interface Register {
        /** Where a box stands; empty when there is none of that name. */
        Optional<SiteId> site(AgentId agent);

        void enter(AgentId agent, SiteId site);
    }

    /**
     * What it is made of.
     *
     * @param presented what the hub's listeners show, the end of the chain last; none without TLS
     * @param reused told when a used token comes again
     * @param lifetime of a certificate
     */
    public record Parts(
            JoinStore store,
            Authority authority,
            Supplier<List<X509Certificate>> presented,
            Register register,
            BoxCredentials credentials,
            Runnable reused,
            Duration lifetime,
            InstantSource clock) {}

    public Joining(Parts parts, SecureRandom random) {
        this.parts = parts;
        this.secrets = new Secrets(random);
        this.random = random;
    }

    @Override
    public Issued issue(Wish wish) {
        if (wish.lifetime().isNegative()
                || wish.lifetime().isZero()
                || wish.lifetime().compareTo(LONGEST) > 0) {
            throw new FacetException(
                    ErrorCode.INVALID_ARGUMENT, "a join token lives for 1 second to 7 days");
        }
        wish.agent().ifPresent(agent -> checkStands(agent, wish.site()));
        Fingerprint hub = Fingerprint.of(topOfChain());
        Instant now = parts.clock().instant();
        parts.store().forget(now.minus(REMEMBERED));
        Secrets.Fresh fresh = secrets.fresh(JoinToken.KIND);
        JoinStore.Token description =
                new JoinStore.Token(
                        fresh.prefix(),
                        wish.site(),
                        wish.agent(),
                        wish.by(),
                        now,
                        now.plus(wish.lifetime()),
                        Optional.empty(),
                        Optional.empty());
        parts.store().addToken(Secrets.hash(fresh.text()), description);
        return new Issued(new JoinToken(new Secret(fresh.text()), hub), description);
    }

    @Override
    public List<JoinStore.Token> list(SiteScope sites) {
        return parts.store().tokens().stream().filter(t -> sites.permits(t.site())).toList();
    }

    @Override
    public boolean withdraw(String id, SiteScope sites) {
        return list(sites).stream().anyMatch(t -> t.id().equals(id)) && parts.store().withdraw(id);
    }

    @Override
    public Joined join(String token, String request, Optional<AgentId> name) {
        PublicKey key = CertificateRequest.key(request);
        Fingerprint asks = Fingerprint.of(key);
        topOfChain();
        JoinStore.Token known = known(token, asks);
        AgentId agent;
        if (known.usedAt().isPresent()) {
            // The answer did not reach the box: it may have it again.
            agent = known.agent().orElseThrow();
        } else {
            agent = known.agent().orElseGet(() -> free(name));
            checkStands(agent, known.site());
            if (!parts.store().use(known.id(), agent, asks, parts.clock().instant())) {
                throw used(known);
            }
        }
        if (parts.register().site(agent).isPresent()) {
            parts.credentials().end(agent);
        }
        parts.register().enter(agent, known.site());
        LOG.info("edge agent {} joined with token {}", agent, known.id());
        return issued(agent, known.site(), key);
    }

    private JoinStore.Token known(String token, Fingerprint asks) {
        JoinStore.Token known =
                parts.store()
                        .token(Secrets.hash(token))
                        .orElseThrow(() ->
                                new FacetException(
                                        ErrorCode.UNAUTHENTICATED,
                                        "there is no such join token; ask for a new one"));
        if (known.usedAt().isPresent() && !known.usedBy().equals(Optional.of(asks))) {
            throw used(known);
        }
        if (!parts.clock().instant().isBefore(known.expiresAt())) {
            throw new FacetException(
                    ErrorCode.UNAUTHENTICATED, "the join token has ended; ask for a new one");
        }
        return known;
    }

    private FacetException used(JoinStore.Token token) {
        LOG.warn("join token {} was used already and comes again: it may be stolen", token.id());
        parts.reused().run();
        return new FacetException(
                ErrorCode.PERMISSION_DENIED,
                "the join token was used already; ask for a new one, and see who joined with it");
    }

    private AgentId free(Optional<AgentId> wanted) {
        AgentId agent = wanted.orElseGet(this::made);
        if (parts.register().site(agent).isPresent()) {
            throw new FacetException(
                    ErrorCode.ALREADY_EXISTS,
                    "there is a box of that name; choose another, or have a token made for it");
        }
        return agent;
    }

    /** Whoever may let boxes join at one site must not take over a box of another. */
    private void checkStands(AgentId agent, SiteId site) {
        if (parts.register().site(agent).filter(at -> !at.equals(site)).isPresent()) {
            throw new FacetException(
                    ErrorCode.ALREADY_EXISTS,
                    "there is a box of that name at another site; remove it there first");
        }
    }

    private AgentId made() {
        byte[] bytes = new byte[4];
        random.nextBytes(bytes);
        return new AgentId("box-" + HexFormat.of().formatHex(bytes));
    }

    @Override
    public Joined renew(AgentId agent, String request, Optional<X509Certificate> shown) {
        PublicKey key = CertificateRequest.key(request);
        topOfChain();
        SiteId site =
                parts.register()
                        .site(agent)
                        .orElseThrow(() ->
                                new FacetException(ErrorCode.NOT_FOUND, "this box was removed"));
        List<String> ended =
                parts.store().revoke(agent, shown.map(Authority::name), parts.clock().instant());
        LOG.info(
                "edge agent {} gets a new certificate; {} of before are revoked",
                agent,
                ended.size());
        return issued(agent, site, key);
    }

    @Override
    public boolean isDue(X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        return !parts.clock().instant().isBefore(end.minus(parts.lifetime().dividedBy(3)));
    }

    private Joined issued(AgentId agent, SiteId site, PublicKey key) {
        Instant now = parts.clock().instant();
        X509Certificate certificate =
                parts.authority().forBox(agent, key, Validity.starting(now, parts.lifetime()));
        parts.credentials()
                .add(
                        new JoinStore.Certificate(
                                Authority.name(certificate),
                                agent,
                                certificate.getNotAfter().toInstant()));
        X509Certificate own = parts.authority().certificate();
        return new Joined(
                agent,
                site,
                List.of(certificate, own),
                Stream.of(topOfChain(), own).distinct().toList());
    }

    private X509Certificate topOfChain() {
        List<X509Certificate> chain = parts.presented().get();
        if (chain.isEmpty()) {
            throw new FacetException(
                    ErrorCode.CONFLICT,
                    "boxes join by certificate only where hub and broker speak TLS; set"
                            + " hub.tls_names, and mqtt.host beyond loopback, or register the box"
                            + " for a device key");
        }
        return chain.getLast();
    }
}
