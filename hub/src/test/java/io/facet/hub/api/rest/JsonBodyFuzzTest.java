package io.facet.hub.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.facet.error.ErrorCode;
import io.facet.error.FacetException;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** Whatever is sent as a JSON body: fields of the type an endpoint asks for, or a clear refusal. */
class JsonBodyFuzzTest {
    private static final Set<String> KEYS = Set.of("a", "b", "image");

    private static final List<BiConsumer<JsonFields, String>> READERS =
            List.of(
                    JsonFields::text,
                    JsonFields::requiredText,
                    JsonFields::integer,
                    (fields, key) -> fields.number(key).ifPresent(n -> assertThat(n).isFinite()),
                    JsonFields::truth,
                    JsonFields::list,
                    JsonFields::instant,
                    JsonFields::object,
                    JsonFields::texts,
                    JsonFields::bytes,
                    JsonFields::isNull);

    @FuzzTest(maxDuration = "1m")
    void anyBytesAreFieldsOrRefused(byte[] body) throws IOException {
        JsonFields fields;
        try {
            fields = JsonFields.read(body, KEYS);
        } catch (FacetException refused) {
            assertRefusal(refused);
            return;
        }
        for (String key : KEYS) {
            for (BiConsumer<JsonFields, String> reader : READERS) {
                try {
                    reader.accept(fields, key);
                } catch (FacetException refused) {
                    assertRefusal(refused);
                }
            }
        }
    }

    /** A sentence, not the body thrown back. */
    private static void assertRefusal(FacetException refused) {
        assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT);
        assertThat(refused.reason()).hasSizeLessThan(1_000);
    }
}
