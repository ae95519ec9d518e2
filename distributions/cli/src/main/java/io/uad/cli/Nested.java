package io.uad.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** Values within values, for people: a line each, indented. */
final class Nested {
    private Nested() {}

    static void print(PrintWriter out, Map<?, ?> values, String indent) {
        values.forEach((name, value) -> {
            if (value instanceof Map<?, ?> nested) {
                out.println(indent + name + ":");
                print(out, nested, indent + "  ");
            } else if (value instanceof List<?> list) {
                out.println(indent + name + ": " + (list.isEmpty() ? "none" : inOneLine(list)));
            } else {
                out.println(indent + name + ": " + value);
            }
        });
        out.flush();
    }

    private static String inOneLine(List<?> list) {
        return String.join(", ", list.stream().map(String::valueOf).toList());
    }
}
