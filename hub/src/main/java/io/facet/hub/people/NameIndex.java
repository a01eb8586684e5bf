package io.facet.hub.people;

import io.facet.model.PersonId;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.regex.Pattern;

/**
 * Everybody's name, folded, in memory: in the store names are ciphertext, each under the person's
 * own key, and cannot be searched there. Read from the store at the first search, kept in step
 * after that; about a hundred bytes a person. Thread-safe.
 */
final class NameIndex {
    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    private final PeopleStore store;
    private final NavigableMap<PersonId, String> names = new ConcurrentSkipListMap<>();
    private boolean loaded;

    NameIndex(PeopleStore store) {
        this.store = store;
    }

    synchronized void put(PersonId id, String name) {
        if (loaded) {
            names.put(id, folded(name));
        }
    }

    synchronized void remove(PersonId id) {
        names.remove(id);
    }

    /** Whose names hold every word, in the order of ids. */
    List<PersonId> search(String words) {
        load();
        List<String> wanted =
                Arrays.stream(folded(words).split("\\s+")).filter(w -> !w.isEmpty()).toList();
        return names.entrySet().stream()
                .filter(e -> wanted.stream().allMatch(e.getValue()::contains))
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    private synchronized void load() {
        if (!loaded) {
            store.eachName((id, name) -> names.put(id, folded(name)));
            loaded = true;
        }
    }

    /** Without case and accents. */
    private static String folded(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD);
        return MARKS.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
    }
}
