package io.facet.hub.services;

import io.facet.config.FacetConfig;
import io.facet.hub.broker.BrokerAddresses;
import io.facet.hub.cameras.CameraService;
import io.facet.hub.cameras.LiveFrames;
import io.facet.hub.devices.DeviceService;
import io.facet.hub.enrolments.EnrolmentService;
import io.facet.hub.events.EventService;
import io.facet.hub.events.HubFeed;
import io.facet.hub.health.Health;
import io.facet.hub.idempotency.Idempotency;
import io.facet.hub.joining.JoiningService;
import io.facet.hub.models.ModelService;
import io.facet.hub.people.PeopleService;
import io.facet.hub.recognition.FaceAnalysis;
import io.facet.hub.recognition.RecognitionService;
import io.facet.hub.security.ApiKeys;
import io.facet.hub.security.Authenticator;
import io.facet.hub.settings.SettingsService;
import io.facet.hub.software.ArtefactService;
import io.facet.hub.software.RolloutService;
import io.facet.hub.sync.GallerySelections;
import io.facet.hub.sync.GallerySync;
import io.facet.hub.watchlists.WatchlistService;
import java.net.URI;
import java.time.InstantSource;

/** Everything an adapter of the hub may call. */
public record HubServices(
        FacetConfig config,
        InstantSource clock,
        PeopleService people,
        RecognitionService recognition,
        FaceAnalysis analysis,
        WatchlistService watchlists,
        EnrolmentService enrolments,
        ModelService models,
        SettingsService settings,
        EventService events,
        HubFeed feed,
        CameraService cameras,
        LiveFrames live,
        DeviceService devices,
        JoiningService joining,
        GallerySelections selections,
        GallerySync sync,
        Authenticator authenticator,
        ApiKeys apiKeys,
        Health health,
        Monitoring monitoring,
        Safeguards safeguards,
        BrokerAddresses broker,
        Idempotency idempotency,
        ArtefactService artefacts,
        RolloutService rollouts) {
    /** Where a box with a key finds the broker. */
    public URI mqtt() {
        return broker.forKeys();
    }
}
