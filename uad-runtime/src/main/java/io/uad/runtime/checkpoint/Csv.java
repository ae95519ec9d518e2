package io.uad.runtime.checkpoint;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/** Comma-separated values as RFC 4180 quotes them: a field may hold commas, doubled quotes and ends of lines. */
public final class Csv {
    private static final int NONE = -2;

    private final Reader in;
    private int pushedBack = NONE;

    Csv(Reader in) {
        this.in = in;
    }

    /** A field as it stands in a record. */
    public static String quoted(String field) {
        var plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
    }

    /** The fields of the next record; none at the end. */
    List<String> next() throws IOException {
        var fields = new ArrayList<String>();
        var c = read();
        if (c < 0) {
            return fields;
        }
        pushedBack = c;
        do {
            fields.add(field());
            c = read();
        } while (c == ',');
        if (c == '\r') {
            c = read();
        }
        if (c >= 0 && c != '\n') {
            throw new IOException("'" + (char) c + "' behind a closing quote");
        }
        return fields;
    }

    /** Reads up to the comma or the end of the line, which stays. */
    private String field() throws IOException {
        var text = new StringBuilder();
        var c = read();
        if (c == '"') {
            for (c = read(); ; c = read()) {
                if (c < 0) {
                    throw new IOException("a quote is not closed");
                }
                if (c == '"') {
                    c = read();
                    if (c != '"') {
                        pushedBack = c;
                        return text.toString();
                    }
                }
                text.append((char) c);
            }
        }
        for (; c >= 0 && c != ',' && c != '\n' && c != '\r'; c = read()) {
            text.append((char) c);
        }
        pushedBack = c;
        return text.toString();
    }

    private int read() throws IOException {
        if (pushedBack != NONE) {
            var c = pushedBack;
            pushedBack = NONE;
            return c;
        }
        return in.read();
    }
}
