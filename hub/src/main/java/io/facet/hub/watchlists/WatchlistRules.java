package io.facet.hub.watchlists;

import io.facet.model.CameraId;
import io.facet.model.SiteId;
import io.facet.model.SiteScope;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a list says.
 *
 * @param name 1 to 100 characters, no other list's
 * @param threshold least confidence of a match, 0 to 1; the system's when empty
 * @param colour as it is shown: {@code #d64545}
 * @param expiresAt from when on it matches nobody
 * @param cameras where it looks; empty means at every camera
 * @param sites where it looks; empty means at every site
 */
public record WatchlistRules(
        String name,
        Optional<Float> threshold,
        String colour,
        Optional<Instant> expiresAt,
        Set<CameraId> cameras,
        Set<SiteId> sites) {
    /** Of a list for which none was chosen. */
    public static final String COLOUR = "#d64545";

    private static final Pattern HEX = Pattern.compile("#[0-9a-f]{6}");

    public WatchlistRules {
        cameras = Set.copyOf(cameras);
        sites = Set.copyOf(sites);
        if (name.isBlank() || name.length() > 100) {
            throw new IllegalArgumentException("a watchlist's name has 1 to 100 characters");
        }
        if (threshold.filter(t -> !(t >= 0 && t <= 1)).isPresent()) {
            throw new IllegalArgumentException("threshold is 0 to 1");
        }
        if (!HEX.matcher(colour).matches()) {
            throw new IllegalArgumentException("colour is such as " + COLOUR);
        }
        if (cameras.size() > 10_000 || sites.size() > 10_000) {
            throw new IllegalArgumentException("a watchlist names at most 10000 cameras and sites");
        }
    }

    /** Whether it looks out at a place and time. */
    boolean looksAt(CameraId camera, SiteId site, Instant at) {
        return isInForce(at)
                && (cameras.isEmpty() || cameras.contains(camera))
                && (sites.isEmpty() || sites.contains(site));
    }

    /** Whether it has not expired. */
    public boolean isInForce(Instant at) {
        return expiresAt.filter(end -> !at.isBefore(end)).isEmpty();
    }

    /** Whether somebody of these sites may see it: it looks at one of them. */
    public boolean isVisibleTo(SiteScope scope) {
        return sites.isEmpty() || sites.stream().anyMatch(scope::permits);
    }

    /** Whether somebody of these sites may change it: it looks at no other. */
    public boolean isWithin(SiteScope scope) {
        return switch (scope) {
            case SiteScope.All _ -> true;
            case SiteScope.Only _ -> !sites.isEmpty() && sites.stream().allMatch(scope::permits);
        };
    }
}
