package io.uad.api;

import org.jspecify.annotations.Nullable;

/**
 * The one exception that a user gets to see: what was found, where, what was expected, and what to do.
 *
 * <p>Every part but the first may be empty. A plugin throws it for what its user can mend; a wrong argument from the
 * caller stays an {@link IllegalArgumentException}.
 *
 * @since 0.1
 */
public final class UadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorKind kind;

    /** Without a cause; see the other constructor. */
    public UadException(ErrorKind kind, String found, String where, String expected, String action) {
        this(kind, found, where, expected, action, null);
    }

    /**
     * Parts of one message, {@code where: found; expected. Action.}; none ends with a full stop.
     *
     * @param found what is wrong, with the value that was found
     * @param where a key of the configuration, a file, a stage or {@code stage/name}; may be empty
     * @param expected what would be right, with bounds or names; may be empty
     * @param action what the user can do; may be empty
     * @param cause shown with {@code --verbose}
     */
    public UadException(
            ErrorKind kind, String found, String where, String expected, String action, @Nullable Throwable cause) {
        super(sentence(found, where, expected, action), cause);
        this.kind = kind;
    }

    /** A {@link ErrorKind#CONFIG} error. */
    public static UadException config(String found, String where, String expected, String action) {
        return new UadException(ErrorKind.CONFIG, found, where, expected, action);
    }

    /** A {@link ErrorKind#DATA} error. */
    public static UadException data(String found, String where, String expected, String action) {
        return new UadException(ErrorKind.DATA, found, where, expected, action);
    }

    /** A {@link ErrorKind#RESOURCE} error. */
    public static UadException resource(String found, String where, String expected, String action) {
        return new UadException(ErrorKind.RESOURCE, found, where, expected, action);
    }

    /** Who must act. */
    public ErrorKind kind() {
        return kind;
    }

    private static String sentence(String found, String where, String expected, String action) {
        var text = new StringBuilder(where.isEmpty() ? found : where + ": " + found);
        if (!expected.isEmpty()) {
            text.append("; expected ").append(expected);
        }
        text.append('.');
        if (!action.isEmpty()) {
            text.append(' ').append(action).append('.');
        }
        return text.toString();
    }
}
