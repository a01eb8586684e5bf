package io.facet.hub.oidc;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Claims of an ID token by name. Stateless. */
final class Claims {
    private Claims() {}

    /** The texts of a claim: one, or a list of them. */
    static List<String> texts(Map<String, ?> claims, String name) {
        return switch (find(claims, name)) {
            case String text -> List.of(text);
            case Collection<?> list ->
                    list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
            case null, default -> List.of();
        };
    }

    static Optional<String> text(Map<String, ?> claims, String name) {
        return texts(claims, name).stream().findFirst();
    }

    /** By its whole name, which may hold dots; else the dots reach into objects. */
    private static @Nullable Object find(Map<?, ?> claims, String name) {
        Object whole = claims.get(name);
        int dot = name.indexOf('.');
        if (whole != null || dot < 1) {
            return whole;
        }
        return claims.get(name.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, name.substring(dot + 1))
                : null;
    }
}
