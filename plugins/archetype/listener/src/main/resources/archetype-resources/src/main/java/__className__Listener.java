package ${package};

import io.uad.api.ErrorKind;
import io.uad.api.UadException;
import io.uad.api.listener.RunEvent;
import io.uad.api.listener.RunListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Appends a line per epoch to a table. Events that it does not care for are passed over. */
final class ${className}Listener implements RunListener {
    private final String separator;
    private Path file = Path.of("epochs.csv");

    ${className}Listener(${className}Options options) {
        separator = options.separator();
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted run) {
            file = run.folder().resolve("epochs.csv");
            keep(run.firstEpoch());
        } else if (event instanceof RunEvent.EpochFinished epoch) {
            append(epoch);
        }
    }

    /** Drops what a run that goes on computes again: all but the header and the epochs before the first. */
    private void keep(int firstEpoch) {
        try {
            if (Files.exists(file)) {
                var lines = Files.readAllLines(file);
                Files.write(file, lines.subList(0, firstEpoch == 0 ? 0 : Math.min(firstEpoch + 1, lines.size())));
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void append(RunEvent.EpochFinished epoch) {
        var names = new ArrayList<>(List.of("epoch", "iteration"));
        var values = new ArrayList<>(List.of(Integer.toString(epoch.epoch()), Long.toString(epoch.iteration())));
        epoch.metrics().forEach((name, value) -> {
            names.add(name);
            values.add(Double.toString(value));
        });
        try {
            var lines = new ArrayList<String>();
            if (!Files.exists(file) || Files.size(file) == 0) {
                lines.add(String.join(separator, names));
            }
            lines.add(String.join(separator, values));
            Files.write(file, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private UadException failure(IOException cause) {
        return new UadException(
                ErrorKind.RESOURCE, "cannot be written", file.toString(), "", "Free disk space", cause);
    }
}
