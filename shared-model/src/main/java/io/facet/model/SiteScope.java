package io.facet.model;

import java.util.Set;

/** The sites somebody may see. */
public sealed interface SiteScope {
    /** Every site, also those to come. */
    SiteScope ALL = new All();

    boolean permits(SiteId site);

    /** Every site. */
    record All() implements SiteScope {
        @Override
        public boolean permits(SiteId site) {
            return true;
        }
    }

    /** These sites and no other; none is allowed. */
    record Only(Set<SiteId> sites) implements SiteScope {
        public Only {
            sites = Set.copyOf(sites);
        }

        @Override
        public boolean permits(SiteId site) {
            return sites.contains(site);
        }
    }
}
