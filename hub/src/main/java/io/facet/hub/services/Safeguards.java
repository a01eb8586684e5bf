package io.facet.hub.services;

import io.facet.hub.security.UserAccounts;
import io.facet.tls.ServerTls;
import java.util.Optional;

/**
 * What keeps the hub's listeners and data safe.
 *
 * @param tls what listeners beyond loopback present; empty when none is configured
 * @param users the accounts of people
 */
public record Safeguards(Optional<ServerTls> tls, UserAccounts users) {}
