package io.facet.hub;

import io.facet.hub.backup.ErasureLedger;
import io.facet.hub.events.Names;
import io.facet.hub.store.postgres.Database;
import io.facet.hub.store.postgres.PostgresAlerts;
import io.facet.hub.store.postgres.PostgresArtefacts;
import io.facet.hub.store.postgres.PostgresAudit;
import io.facet.hub.store.postgres.PostgresCameraOutbox;
import io.facet.hub.store.postgres.PostgresCameras;
import io.facet.hub.store.postgres.PostgresConsents;
import io.facet.hub.store.postgres.PostgresCredentials;
import io.facet.hub.store.postgres.PostgresDeliveries;
import io.facet.hub.store.postgres.PostgresDevices;
import io.facet.hub.store.postgres.PostgresEnrolments;
import io.facet.hub.store.postgres.PostgresErasures;
import io.facet.hub.store.postgres.PostgresEvents;
import io.facet.hub.store.postgres.PostgresGallery;
import io.facet.hub.store.postgres.PostgresIdempotency;
import io.facet.hub.store.postgres.PostgresJoining;
import io.facet.hub.store.postgres.PostgresPeople;
import io.facet.hub.store.postgres.PostgresRetention;
import io.facet.hub.store.postgres.PostgresRollouts;
import io.facet.hub.store.postgres.PostgresSelections;
import io.facet.hub.store.postgres.PostgresSettings;
import io.facet.hub.store.postgres.PostgresTemplates;
import io.facet.hub.store.postgres.PostgresUsers;
import io.facet.hub.store.postgres.PostgresWatchlists;
import io.facet.hub.store.postgres.PostgresWebhooks;
import io.facet.hub.store.postgres.Vault;
import io.facet.hub.store.postgres.WebhookOutbox;
import io.facet.model.CameraId;
import io.facet.model.PersonId;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;

/** Every store of the hub, over one database and one vault. */
record Stores(
        PostgresPeople people,
        PostgresTemplates templates,
        PostgresGallery gallery,
        PostgresSelections selections,
        PostgresEvents events,
        PostgresCameras cameras,
        PostgresDevices devices,
        PostgresCredentials credentials,
        PostgresJoining joining,
        PostgresUsers users,
        PostgresIdempotency idempotency,
        PostgresWatchlists watchlists,
        PostgresSettings settings,
        PostgresEnrolments enrolments,
        PostgresAlerts alerts,
        PostgresWebhooks webhooks,
        PostgresDeliveries deliveries,
        PostgresCameraOutbox cameraOutbox,
        PostgresAudit audit,
        PostgresConsents consents,
        PostgresErasures erasures,
        PostgresRetention retention,
        PostgresArtefacts artefacts,
        PostgresRollouts rollouts) {
    static Stores over(Database database, Vault vault, InstantSource clock, ErasureLedger ledger) {
        WebhookOutbox outbox = new WebhookOutbox(vault, EventBodies::words);
        return new Stores(
                new PostgresPeople(database, vault, clock, ledger::add, outbox),
                new PostgresTemplates(database, vault, clock),
                new PostgresGallery(database, vault),
                new PostgresSelections(database, clock),
                new PostgresEvents(database, vault),
                new PostgresCameras(database, vault, outbox),
                new PostgresDevices(database),
                new PostgresCredentials(database),
                new PostgresJoining(database),
                new PostgresUsers(database),
                new PostgresIdempotency(database, vault),
                new PostgresWatchlists(database, clock),
                new PostgresSettings(database),
                new PostgresEnrolments(database, vault),
                new PostgresAlerts(database),
                new PostgresWebhooks(database, vault),
                new PostgresDeliveries(database, vault),
                new PostgresCameraOutbox(database, outbox, clock),
                new PostgresAudit(database),
                new PostgresConsents(database, vault, clock),
                new PostgresErasures(database),
                new PostgresRetention(database),
                new PostgresArtefacts(database),
                new PostgresRollouts(database));
    }

    /** Names of what events only name by id. */
    Names names() {
        return new Names() {
            @Override
            public Map<PersonId, String> people(Collection<PersonId> ids) {
                return people.names(ids);
            }

            @Override
            public Map<CameraId, String> cameras(Collection<CameraId> ids) {
                return cameras.names(ids);
            }
        };
    }
}
