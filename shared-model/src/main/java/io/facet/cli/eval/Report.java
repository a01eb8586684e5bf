package io.facet.cli.eval;

import io.facet.cli.JsonOption;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Prints what was found: for people, and as JSON where wanted. Stateless. */
final class Report {
    private Report() {}

    /** Text goes to standard error when standard output belongs to JSON. */
    static void print(CommandLine at, JsonOption json, Object report, String text) {
        PrintWriter out = json.text(at);
        out.print(text);
        out.flush();
        json.print(at.getOut(), report);
    }
}
