package io.facet.hub.broker;

import io.facet.config.Secret;
import io.facet.model.AgentId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;
import org.apache.activemq.artemis.utils.CertificateUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may connect to the embedded broker and what they may do there: the hub everything, a box its
 * own topics in their own direction, nobody else anything. Thread-safe.
 */
final class BrokerSecurity implements ActiveMQSecurityManager5 {
    private static final Logger LOG = LoggerFactory.getLogger(BrokerSecurity.class);

    private final String hubUser;
    private final Secret hubPassword;
    private final BrokerUsers users;

    BrokerSecurity(String hubUser, Secret hubPassword, BrokerUsers users) {
        this.hubUser = hubUser;
        this.hubPassword = hubPassword;
        this.users = users;
    }

    @Override
    public @Nullable Subject authenticate(
            @Nullable String user,
            @Nullable String password,
            @Nullable RemotingConnection connection,
            @Nullable String domain) {
        X509Certificate[] shown = CertificateUtil.getCertsFromConnection(connection);
        if (shown != null && shown.length > 0) {
            return byCertificate(user, shown[0]);
        }
        if (user == null || password == null) {
            return null;
        }
        if (user.equals(hubUser)) {
            return sameText(password, hubPassword.reveal()) ? subject(user) : null;
        }
        return users.box(user, password).map(agent -> subject(agent.value())).orElse(null);
    }

    /** Who shows a certificate is whom it names, and nobody by any other means. */
    private @Nullable Subject byCertificate(@Nullable String user, X509Certificate shown) {
        return users.box(shown)
                .map(AgentId::value)
                .filter(name -> user == null || user.isEmpty() || user.equals(name))
                .map(BrokerSecurity::subject)
                .orElse(null);
    }

    @Override
    public boolean authorize(
            @Nullable Subject subject, Set<Role> roles, CheckType check, String address) {
        if (subject == null) {
            return false;
        }
        // No box can have the hub's name, for an AgentId takes lower case only.
        return subject.getPrincipals(UserPrincipal.class).stream()
                .map(UserPrincipal::getName)
                .anyMatch(
                        name -> name.equals(hubUser) || boxMay(new AgentId(name), check, address));
    }

    private static boolean boxMay(AgentId agent, CheckType check, String address) {
        boolean allowed = allows(agent, check, topic(address));
        if (!allowed) {
            LOG.warn("edge agent {} may not {} {}", agent, check, address);
        }
        return allowed;
    }

    private static boolean allows(AgentId agent, CheckType check, String topic) {
        if (check == CheckType.SEND) {
            return BoxTopics.said(agent).contains(topic);
        }
        if (check == CheckType.MANAGE || check == CheckType.EDIT || check == CheckType.VIEW) {
            return false;
        }
        return BoxTopics.heard(agent).contains(topic)
                || (check == CheckType.CREATE_ADDRESS && allows(agent, CheckType.SEND, topic));
    }

    /** The broker names a topic with dots, and a subscription by address and queue. */
    private static String topic(String address) {
        int queue = address.indexOf("::");
        String bare = queue < 0 ? address : address.substring(0, queue);
        return bare.replace('.', '/');
    }

    @Override
    public boolean validateUser(String user, String password) {
        return authenticate(user, password, null, null) != null;
    }

    @Override
    public boolean validateUserAndRole(
            String user, String password, Set<Role> roles, CheckType check) {
        // Only managers of an older kind are asked this.
        return false;
    }

    private static Subject subject(String name) {
        return new Subject(true, Set.of(new UserPrincipal(name)), Set.of(), Set.of());
    }

    private static boolean sameText(String a, String b) {
        return MessageDigest.isEqual(
                a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }
}
