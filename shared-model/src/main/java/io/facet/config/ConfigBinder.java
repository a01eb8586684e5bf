package io.facet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Binds a JSON tree to records over their defaults, collecting every problem with its path. */
final class ConfigBinder {
    private final List<String> problems;

    ConfigBinder(List<String> problems) {
        this.problems = problems;
    }

    /** A component of a configuration record under its name in JSON. */
    record Key(String name, Class<?> type, RecordComponent component) {
        double min() {
            Limit limit = component.getAnnotation(Limit.class);
            return limit == null ? Double.NEGATIVE_INFINITY : limit.min();
        }

        double max() {
            Limit limit = component.getAnnotation(Limit.class);
            return limit == null ? Double.POSITIVE_INFINITY : limit.max();
        }

        List<String> words() {
            OneOf words = component.getAnnotation(OneOf.class);
            return words == null ? List.of() : List.of(words.value());
        }

        Object valueOf(Object owner) {
            try {
                return component.getAccessor().invoke(owner);
            } catch (ReflectiveOperationException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /** The keys of a configuration record, in order. */
    static List<Key> keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(c -> new Key(snakeCase(c.getName()), c.getType(), c))
                .toList();
    }

    <T> T bind(Class<T> type, ObjectNode node, T defaults, String path) {
        List<Key> keys = keys(type);
        List<String> names = keys.stream().map(Key::name).toList();
        node.fieldNames()
                .forEachRemaining(name -> {
                    if (!names.contains(name)) {
                        problems.add(
                                "unknown key \""
                                        + path
                                        + name
                                        + "\""
                                        + Suggestions.didYouMean(name, names));
                    }
                });
        Object[] values = new Object[keys.size()];
        for (int i = 0; i < values.length; i++) {
            Key key = keys.get(i);
            values[i] = value(key, node.get(key.name()), key.valueOf(defaults), path + key.name());
        }
        return construct(type, values);
    }

    private Object value(Key key, @Nullable JsonNode node, Object fallback, String path) {
        if (node == null) {
            return fallback;
        }
        if (key.type().isRecord() && key.type() != Secret.class) {
            return section(key, node, fallback, path);
        }
        Object read = scalar(key, node);
        if (read == null) {
            problems.add(
                    path + " must be " + wanted(key) + ", not " + (secret(key) ? "this" : node));
            return fallback;
        }
        return read;
    }

    @SuppressWarnings("unchecked") // the default of a section has the section's type
    private Object section(Key key, JsonNode node, Object fallback, String path) {
        if (node instanceof ObjectNode object) {
            return bind((Class<Object>) key.type(), object, fallback, path + ".");
        }
        problems.add(path + " must be an object, not " + node);
        return fallback;
    }

    private static @Nullable Object scalar(Key key, JsonNode node) {
        Class<?> type = key.type();
        if (type == boolean.class) {
            return node.isBoolean() ? node.booleanValue() : null;
        }
        if (type == String.class) {
            return word(key, node);
        }
        if (type == Secret.class) {
            return node.isTextual() ? new Secret(node.textValue()) : null;
        }
        if (type == List.class) {
            return words(key, node);
        }
        return number(key, node);
    }

    private static @Nullable String word(Key key, JsonNode node) {
        boolean allowed = key.words().isEmpty() || key.words().contains(node.textValue());
        return node.isTextual() && allowed ? node.textValue() : null;
    }

    private static @Nullable List<String> words(Key key, JsonNode node) {
        List<String> words = new ArrayList<>();
        for (JsonNode element : node) {
            String word = word(key, element);
            if (word == null) {
                return null;
            }
            words.add(word);
        }
        return node.isArray() ? List.copyOf(words) : null;
    }

    private static @Nullable Object number(Key key, JsonNode node) {
        double value = node.doubleValue();
        if (!node.isNumber() || !(value >= key.min() && value <= key.max())) {
            return null;
        }
        if (key.type() == int.class) {
            return node.canConvertToExactIntegral() ? (Object) (int) value : null;
        }
        if (key.type() == long.class) {
            return node.canConvertToExactIntegral() ? (Object) node.longValue() : null;
        }
        if (key.type() == float.class) {
            return (float) value;
        }
        if (key.type() == double.class) {
            return value;
        }
        if (key.type() == Duration.class) {
            return Duration.ofNanos(Math.round(value * 1e9));
        }
        throw new IllegalStateException("no configuration value of " + key.type());
    }

    private static String wanted(Key key) {
        String range =
                Double.isInfinite(key.max())
                        ? ""
                        : " from " + plain(key.min()) + " to " + plain(key.max());
        if (!key.words().isEmpty()) {
            String choice = "one of " + String.join(", ", key.words());
            return key.type() == List.class ? "a list, each " + choice : choice;
        }
        if (key.type() == int.class || key.type() == long.class) {
            return "a whole number" + range;
        }
        if (key.type() == Duration.class) {
            return "a number of seconds" + range;
        }
        if (key.type() == boolean.class) {
            return "true or false";
        }
        return key.type().isPrimitive() ? "a number" + range : "a text in quotes";
    }

    private static String plain(double value) {
        return java.math.BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static boolean secret(Key key) {
        return key.type() == Secret.class;
    }

    private static <T> T construct(Class<T> type, Object[] values) {
        try {
            Class<?>[] types = keys(type).stream().map(Key::type).toArray(Class<?>[]::new);
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException failed) {
            throw new IllegalArgumentException(failed.getCause());
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** {@code maxResults} to {@code max_results}. */
    private static String snakeCase(String camel) {
        return camel.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
