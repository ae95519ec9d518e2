package io.uad.runtime.image;

import io.uad.api.UadException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The samples of one dataset that turned out to be unusable. They are left out of everything from then on, and stop the
 * run when there are too many.
 *
 * <p>A pass over the whole dataset finds them all. May be used by several threads.
 */
public final class BadImages {
    private static final int NAMED = 5;

    private final ConcurrentSkipListMap<Integer, BadImage> byIndex = new ConcurrentSkipListMap<>();
    private final int sampleCount;
    private final double allowedShare;
    private final String location;
    private final Consumer<BadImage> notice;

    /**
     * @param sampleCount N, 1 or more
     * @param allowedShare how large a part of N may be bad, 0 to 1; all of them is always too many
     * @param location where the dataset lies, for messages
     * @param notice is told of each bad sample once
     */
    public BadImages(int sampleCount, double allowedShare, String location, Consumer<BadImage> notice) {
        if (sampleCount < 1 || !(allowedShare >= 0 && allowedShare <= 1)) {
            throw new IllegalArgumentException("sampleCount must be 1 or more and allowedShare 0 to 1, were "
                    + sampleCount + " and " + allowedShare);
        }
        this.sampleCount = sampleCount;
        this.allowedShare = allowedShare;
        this.location = location;
        this.notice = notice;
    }

    /** Whether a sample is known to be bad. */
    public boolean contains(int index) {
        return byIndex.containsKey(index);
    }

    /** What is known so far, by index. */
    public Collection<BadImage> all() {
        return List.copyOf(byIndex.values());
    }

    /**
     * Notes a bad sample.
     *
     * @throws UadException of kind DATA if there are now too many
     */
    public void add(BadImage bad) {
        if (byIndex.putIfAbsent(bad.index(), bad) != null) {
            return;
        }
        notice.accept(bad);
        var count = byIndex.size();
        if (count > allowedShare * sampleCount || count == sampleCount) {
            throw tooMany();
        }
    }

    private UadException tooMany() {
        var bad = all();
        var first = bad.stream()
                .limit(NAMED)
                .map(image -> image.path() + " (" + image.reason() + ")")
                .collect(Collectors.joining(", "));
        var more = bad.size() > NAMED ? " and others" : "";
        return UadException.data(
                bad.size() + " of " + sampleCount + " images cannot be used ("
                        + percent((double) bad.size() / sampleCount) + "): " + first + more,
                location,
                "at most " + percent(allowedShare) + " bad images",
                "Repair or remove these files, or allow a larger share of bad images (image.max-bad-share)");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.3g %%", 100 * share);
    }
}
