package io.uad.runtime.plugin;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a mistyped one probably meant. */
public final class Spelling {
    private Spelling() {}

    /**
     * The known name with the fewest edits, if that is near enough to be meant: at most two edits or a third of
     * the word, one in a word of up to three letters. Case and the choice between {@code -} and {@code _} do not count.
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        var allowed = word.length() <= 3 ? 1 : Math.max(2, word.length() / 3);
        return known.stream()
                .filter(name -> edits(word, name) <= Math.min(allowed, Math.max(word.length(), name.length()) - 1))
                .min(Comparator.<String>comparingInt(name -> edits(word, name)).thenComparing(name -> name));
    }

    /** Levenshtein's distance (1966): inserted, deleted and replaced letters. */
    private static int edits(String first, String second) {
        var from = plain(first);
        var to = plain(second);
        var previous = new int[to.length() + 1];
        for (var j = 0; j <= to.length(); j++) {
            previous[j] = j;
        }
        for (var i = 1; i <= from.length(); i++) {
            var current = new int[to.length() + 1];
            current[0] = i;
            for (var j = 1; j <= to.length(); j++) {
                var replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[to.length()];
    }

    private static String plain(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
