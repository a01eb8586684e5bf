package io.facet.hub.services;

import io.facet.hub.admission.RequestLimits;
import io.facet.hub.audit.AuditTrail;
import io.facet.hub.people.ConsentStore;
import io.facet.hub.people.ErasureStore;
import io.facet.hub.retention.Retention;
import io.facet.hub.security.ExternalSignIn;
import io.facet.hub.security.MasterKeyRotation;
import io.facet.hub.security.UserAccounts;
import io.facet.pki.Authority;
import io.facet.tls.ServerTls;
import java.util.Optional;

/**
 * What keeps the hub's listeners and data safe.
 *
 * @param authority issues certificates to boxes, and is whom the listeners accept them from
 * @param tls what listeners beyond loopback present; empty when none is configured
 * @param users the accounts of people
 * @param elsewhere sign-in at the organisation's own provider; empty when none is configured
 * @param audit who read and changed what
 * @param rotation goes over to a new master key
 * @param consents what people agreed to
 * @param erasures who was erased
 * @param retention deletes what was kept long enough
 * @param requests how much one caller may ask for
 */
public record Safeguards(
        Authority authority,
        Optional<ServerTls> tls,
        UserAccounts users,
        Optional<ExternalSignIn> elsewhere,
        AuditTrail audit,
        MasterKeyRotation rotation,
        ConsentStore consents,
        ErasureStore erasures,
        Retention retention,
        RequestLimits requests) {}
