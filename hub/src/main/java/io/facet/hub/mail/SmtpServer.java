package io.facet.hub.mail;

import io.facet.config.FacetConfig;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Properties;

/** Sends plain-text mails through the configured server. Thread-safe. */
final class SmtpServer {
    private static final String TIMEOUT_MS = "15000";

    private final Session session;
    private final InternetAddress from;
    private final InternetAddress[] to;

    /**
     * Takes a configuration; does not connect yet.
     *
     * @throws FacetException {@code INVALID_CONFIGURATION} for addresses that are none
     */
    SmtpServer(FacetConfig.Email config) {
        session = Session.getInstance(properties(config), signIn(config));
        from = address("email.from", config.from());
        to = addresses(config.to());
    }

    private static Properties properties(FacetConfig.Email config) {
        Properties p = new Properties();
        p.setProperty("mail.smtp.host", config.host());
        p.setProperty("mail.smtp.port", Integer.toString(config.port()));
        p.setProperty("mail.smtp.auth", Boolean.toString(!config.user().isEmpty()));
        p.setProperty("mail.smtp.connectiontimeout", TIMEOUT_MS);
        p.setProperty("mail.smtp.timeout", TIMEOUT_MS);
        p.setProperty("mail.smtp.writetimeout", TIMEOUT_MS);
        boolean startTls = config.security().equals("starttls");
        p.setProperty("mail.smtp.starttls.enable", Boolean.toString(startTls));
        p.setProperty("mail.smtp.starttls.required", Boolean.toString(startTls));
        p.setProperty("mail.smtp.ssl.enable", Boolean.toString(config.security().equals("tls")));
        p.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        return p;
    }

    private static Authenticator signIn(FacetConfig.Email config) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(config.user(), config.password().reveal());
            }
        };
    }

    private static InternetAddress[] addresses(List<String> texts) {
        if (texts.isEmpty()) {
            throw wrong("email.to names nobody; add a recipient or leave email.host empty");
        }
        return texts.stream().map(t -> address("email.to", t)).toArray(InternetAddress[]::new);
    }

    private static InternetAddress address(String key, String text) {
        try {
            return new InternetAddress(text, true);
        } catch (AddressException notOne) {
            throw new FacetException(
                    ErrorCode.INVALID_CONFIGURATION, key + " is no e-mail address", notOne);
        }
    }

    private static FacetException wrong(String what) {
        return new FacetException(ErrorCode.INVALID_CONFIGURATION, what);
    }

    /** Sends one mail; when this returns the server has taken it. */
    void send(String subject, String text, Instant at) throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(from);
        message.setRecipients(Message.RecipientType.TO, to);
        message.setSubject(subject, "UTF-8");
        message.setText(text, "UTF-8");
        message.setSentDate(Date.from(at));
        // So that no absence note answers.
        message.setHeader("Auto-Submitted", "auto-generated");
        Transport.send(message);
    }
}
