package io.facet.hub.software;

import io.facet.hub.devices.Device;
import io.facet.model.SiteScope;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Which roll-out a box belongs to: of each product the newest that is for its site. One that was
 * stopped counts, so that nothing older begins again.
 */
final class Claims {
    private Claims() {}

    /**
     * Boxes by roll-out; one without any is left out.
     *
     * @param rollouts newest first
     */
    static Map<UUID, List<Device>> of(List<Rollout> rollouts, List<Device> boxes) {
        Map<UUID, List<Device>> claimed = new LinkedHashMap<>();
        rollouts.stream()
                .collect(Collectors.groupingBy(Rollout::product))
                .values()
                .forEach(ofProduct -> claim(ofProduct, boxes, claimed));
        return claimed;
    }

    private static void claim(
            List<Rollout> rollouts, List<Device> boxes, Map<UUID, List<Device>> claimed) {
        List<Device> left = new ArrayList<>(boxes);
        for (Rollout rollout : rollouts) {
            SiteScope sites = rollout.plan().sites();
            List<Device> own = left.stream().filter(box -> sites.permits(box.site())).toList();
            if (!own.isEmpty()) {
                claimed.put(rollout.id(), own);
                left.removeAll(own);
            }
        }
    }
}
