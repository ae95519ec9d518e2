package io.uad.runtime.training;

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.dataset.Dataset;
import io.uad.runtime.Version;
import io.uad.runtime.config.ConfigDifference;
import io.uad.runtime.config.RunConfig;
import io.uad.runtime.process.Form;
import io.uad.runtime.process.Processes;
import io.uad.runtime.process.Receiver;
import io.uad.runtime.process.Sender;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What processes that work on one run must have in common. One of them with another dataset, say, would train the network on
 * other images under the labels of these.
 *
 * @param versions of UAD and of the plugins, by name
 * @param configuration in its portable form
 * @param fingerprint of the dataset
 * @param samples in it
 */
record Terms(Map<String, String> versions, String configuration, String fingerprint, int samples) {
    /** What may differ: each process has a device and threads of its own, and the first one alone writes. */
    private static final Pattern OWN = Pattern.compile("engine\\.(device|threads)|checkpoint\\..*");

    private static final Form<Terms> FORM = new Form<>() {
        @Override
        public void write(Terms terms, Sender out) {
            out.list(List.copyOf(terms.versions.entrySet()), (version, each) -> {
                each.text(version.getKey());
                each.text(version.getValue());
            });
            out.text(terms.configuration);
            out.text(terms.fingerprint);
            out.number(terms.samples);
        }

        @Override
        public Terms read(Receiver in) {
            var versions = new LinkedHashMap<String, String>();
            in.list(each -> Map.entry(each.text(), each.text()))
                    .forEach(version -> versions.put(version.getKey(), version.getValue()));
            return new Terms(versions, in.text(), in.text(), in.integer());
        }
    };

    /** Those of this process. */
    static Terms of(RunConfig config, Dataset dataset) {
        var versions = new LinkedHashMap<String, String>();
        versions.put("UAD", Version.CURRENT);
        for (var chosen : config.components()) {
            versions.put(chosen.component().id(), chosen.component().version());
        }
        return new Terms(versions, Portable.yaml(config), dataset.summary().fingerprint(), dataset.size());
    }

    /** What is not the same. */
    private record Difference(ErrorKind kind, String sentence) {
        private static final Form<Difference> FORM = new Form<>() {
            @Override
            public void write(Difference difference, Sender out) {
                out.text(difference.kind.name());
                out.text(difference.sentence);
            }

            @Override
            public Difference read(Receiver in) {
                return new Difference(ErrorKind.valueOf(in.text()), in.text());
            }
        };
    }

    /**
     * Compares the terms of all processes.
     *
     * @throws UadException in every process, of kind CONFIG or DATA, if those of one are not those of the first
     */
    void requireSame(Processes processes) {
        var all = processes.gathered(this, FORM);
        var found = processes.byLeader(() -> firstDifference(all), Difference.FORM);
        if (!found.sentence.isEmpty()) {
            throw new UadException(
                    found.kind,
                    found.sentence,
                    "",
                    "the same in all processes of a run",
                    found.kind == ErrorKind.DATA
                            ? "Give each process the same images; the folders may lie elsewhere"
                            : "Start each process with the same version, plugins and configuration");
        }
    }

    private static Difference firstDifference(List<Terms> all) {
        for (var rank = 1; rank < all.size(); rank++) {
            var difference = all.get(0).difference(all.get(rank), "process " + rank);
            if (!difference.sentence.isEmpty()) {
                return difference;
            }
        }
        return new Difference(ErrorKind.CONFIG, "");
    }

    private Difference difference(Terms other, String who) {
        for (var name : versions.keySet()) {
            var version = other.versions.get(name);
            if (version != null && !version.equals(versions.get(name))) {
                return new Difference(
                        ErrorKind.CONFIG,
                        who + " has version " + version + " of " + name + ", process 0 has " + versions.get(name));
            }
        }
        var keys = ConfigDifference.keys(
                configuration, other.configuration, key -> !OWN.matcher(key).matches());
        if (!keys.isEmpty()) {
            var key = keys.get(0);
            return new Difference(
                    ErrorKind.CONFIG,
                    who + " has " + key.now() + " for " + key.path() + ", process 0 has " + key.before());
        }
        if (samples != other.samples) {
            return new Difference(
                    ErrorKind.DATA,
                    who + " has a dataset of " + other.samples + " samples, process 0 one of " + samples);
        }
        if (!fingerprint.equals(other.fingerprint)) {
            return new Difference(ErrorKind.DATA, who + " has other files in its dataset than process 0");
        }
        return new Difference(ErrorKind.CONFIG, "");
    }
}
