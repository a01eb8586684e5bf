/**
 * Sign-in at an OpenID provider: authorization code flow with PKCE, state and nonce.
 *
 * <p>Takes: the provider's documents and tokens, over HTTPS; what a browser brings back from it.
 *
 * <p>Gives: whom the provider vouches for, and the role that its claims map to.
 *
 * <p>Threading: thread-safe.
 */
@NullMarked
package io.facet.hub.oidc;

import org.jspecify.annotations.NullMarked;
