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
import java.util.Optional;

/** Appends a line per epoch and figure to a table. Events that it does not care for are passed over. */
final class ${className}Listener implements RunListener {
    private final String separator;
    private Optional<Path> table = Optional.empty(); // none before a run begins, and in evaluations without a folder

    ${className}Listener(${className}Options options) {
        separator = options.separator();
    }

    @Override
    public void on(RunEvent event) {
        if (event instanceof RunEvent.RunStarted run) {
            var file = run.folder().resolve("epochs.csv");
            begin(file, run.firstEpoch());
            table = Optional.of(file);
        } else if (event instanceof RunEvent.EpochFinished epoch) {
            table.ifPresent(file -> append(file, epoch));
        }
    }

    /** Writes the header, and of an earlier table the epochs that a run which goes on does not compute again. */
    private void begin(Path file, int firstEpoch) {
        try {
            var lines = new ArrayList<>(List.of(String.join(separator, "epoch", "figure", "value")));
            if (Files.exists(file)) {
                Files.readAllLines(file).stream()
                        .skip(1)
                        .filter(line -> Integer.parseInt(line.substring(0, line.indexOf(separator))) < firstEpoch)
                        .forEach(lines::add);
            }
            Files.write(file, lines);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** A line per figure, since not every epoch has the same ones. */
    private void append(Path file, RunEvent.EpochFinished epoch) {
        var lines = new ArrayList<String>();
        epoch.metrics().forEach((figure, value) -> {
            lines.add(String.join(separator, Integer.toString(epoch.epoch()), figure, Double.toString(value)));
        });
        try {
            Files.write(file, lines, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static UadException failure(Path file, IOException cause) {
        return new UadException(
                ErrorKind.RESOURCE,
                "cannot be read or written: " + cause,
                file.toString(),
                "a folder that can be written",
                "Free disk space or correct the permissions",
                cause);
    }
}
