package io.uad.runtime.config;

import io.uad.runtime.plugin.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes a complete configuration in the block style of YAML. */
final class YamlWriter {
    /** Text that every reader of YAML takes for text, if it is none of the words below. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z/][A-Za-z0-9_./-]*");

    private static final Pattern READ_AS_VALUE =
            Pattern.compile("null|true|false|yes|no|on|off|y|n", Pattern.CASE_INSENSITIVE);

    private final boolean commented;
    private final StringBuilder text = new StringBuilder();

    /** @param commented whether each option is described beside it */
    YamlWriter(boolean commented) {
        this.commented = commented;
    }

    String write(List<Section> sections, List<Section> listeners) {
        sections.forEach(this::section);
        listeners(listeners);
        return text.toString();
    }

    private void section(Section section) {
        var indentation = section.key().isEmpty() ? "" : "  ";
        if (!section.key().isEmpty()) {
            text.append(section.key()).append(":\n");
        }
        var component = section.component();
        if (component != null) {
            line(indentation, OptionReader.PLUGIN, component.name(), component.description());
        }
        options(indentation, section.options(), section.values());
    }

    private void listeners(List<Section> listeners) {
        var key = Stage.LISTENER.key();
        if (listeners.stream().allMatch(listener -> listener.options().isEmpty())) {
            var names = listeners.stream().map(Section::plugin).collect(Collectors.joining(", ", "[", "]"));
            text.append(key).append(": ").append(names).append('\n');
            return;
        }
        text.append(key).append(":\n");
        for (var listener : listeners) {
            text.append("  - plugin: ").append(listener.plugin()).append('\n');
            options("    ", listener.options(), listener.values());
        }
    }

    private void options(String indentation, List<OptionDescription> options, Map<String, Object> values) {
        for (var option : options) {
            var value = values.get(option.key());
            if (value == null) {
                line(indentation + "# ", option.key(), "...", "must be given: " + option.description());
            } else if (option.type().kind() == OptionType.Kind.BLOCK) {
                line(indentation, option.key(), "", option.description());
                options(indentation + "  ", option.nested(), OptionRecords.block(value));
            } else {
                line(indentation, option.key(), value(value), option.description());
            }
        }
    }

    private void line(String indentation, String key, String value, String comment) {
        text.append(indentation).append(key).append(':');
        if (!value.isEmpty()) {
            text.append(' ').append(value);
        }
        if (commented) {
            text.append(" # ").append(comment.replaceAll("\\R", " "));
        }
        text.append('\n');
    }

    private static String value(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(YamlWriter::value).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof Double number) {
            return number(number);
        }
        if (value instanceof OptionalInt number) {
            return number.isPresent() ? Integer.toString(number.getAsInt()) : "auto";
        }
        if (value instanceof OptionalDouble number) {
            return number.isPresent() ? number(number.getAsDouble()) : "auto";
        }
        if (value instanceof Enum<?> constant) {
            return KebabCase.of(constant);
        }
        return value instanceof String words ? words(words) : value.toString();
    }

    /** With a point and a signed exponent, as readers of YAML 1.1 need it too. */
    private static String number(double number) {
        return Double.toString(number).toLowerCase(Locale.ROOT).replaceFirst("e(?=[0-9])", "e+");
    }

    private static String words(String words) {
        if (BARE.matcher(words).matches() && !READ_AS_VALUE.matcher(words).matches()) {
            return words;
        }
        var quoted = new StringBuilder("\"");
        words.codePoints().forEach(letter -> {
            if (letter == '"' || letter == '\\') {
                quoted.append('\\').append((char) letter);
            } else if ((letter >= ' ' && letter <= '~') || Character.isLetterOrDigit(letter)) {
                quoted.appendCodePoint(letter);
            } else {
                quoted.append(String.format(Locale.ROOT, "\\U%08X", letter));
            }
        });
        return quoted.append('"').toString();
    }
}
