package io.facet.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The {@code --json} of every verb that reports; use as a picocli {@code @Mixin}. */
public final class JsonOption {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    @Option(names = "--json", description = "print one JSON object as the last line")
    private boolean wanted;

    /** Whether the caller wants JSON; text for people then goes to standard error. */
    public boolean wanted() {
        return wanted;
    }

    /** Where text for people goes. */
    public PrintWriter text(CommandLine at) {
        return wanted ? at.getErr() : at.getOut();
    }

    /** Prints records, maps and plain values as one line of snake_case JSON, when wanted. */
    public void print(PrintWriter out, Object report) {
        if (wanted) {
            try {
                out.println(JSON.writeValueAsString(report));
                out.flush();
            } catch (JsonProcessingException impossible) {
                throw new IllegalArgumentException(impossible);
            }
        }
    }
}
