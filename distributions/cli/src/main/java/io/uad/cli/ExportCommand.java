package io.uad.cli;

import io.uad.api.UadException;
import io.uad.exchange.ModelExport;
import io.uad.runtime.checkpoint.CheckpointStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code uad export}. */
@Command(
        name = "export",
        description = {
            "Write a network for other programs: as safetensors under PyTorch's names, or as ONNX.",
            "The ONNX input 'images' is [batch, 3, side, side], red first, each value (byte / 255 - mean) / std; mean and "
                    + "std, the side and the tap are in the model's metadata. The output is named after the tap."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad export --model exp/photos -o model.onnx --tap fc7        features",
            "  uad export --model exp/photos -o clusters.onnx               a score per cluster",
            "  uad export --model exp/photos -o body.safetensors            the state dict without the head",
        })
final class ExportCommand implements Callable<Integer> {
    private final Environment environment;

    /** What can be written. */
    enum Format {
        SAFETENSORS,
        ONNX
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--model",
            required = true,
            paramLabel = "PATH",
            description = "A run's folder (its newest checkpoint) or a checkpoint, also the original program's.")
    private Path model = Path.of("");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "OUT",
            description = "The file to write.")
    private Path output = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}. Default: what OUT ends in.")
    private @Nullable Format format;

    @Option(
            names = "--tap",
            paramLabel = "TAP",
            description = "ONNX: which activation comes out, such as fc7 or conv5. Default: the head's output, top.")
    private @Nullable String tap;

    @Option(names = "--head", description = "Safetensors: write the head too.")
    private boolean head;

    @Option(names = "--overwrite", description = "Replace OUT.")
    private boolean overwrite;

    ExportCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var chosen = chosen();
        if (Files.exists(output) && !overwrite) {
            throw UadException.config(
                    "a file of that name is there", output.toString(), "a new name", "Give another -o, or --overwrite");
        }
        var checkpoint =
                CheckpointStore.readModel(Models.readable(model, environment, notice -> Notes.print(spec, notice)));
        var export = new ModelExport(environment.reader(), model.toString(), checkpoint);
        if (chosen == Format.ONNX) {
            export.onnx(output, tap);
        } else {
            export.safetensors(output, head);
        }
        spec.commandLine().getOut().println(output);
        spec.commandLine().getOut().flush();
        return 0;
    }

    private Format chosen() {
        var byName = byName();
        var chosen = format != null ? format : byName;
        if (chosen == null) {
            throw UadException.config(
                    "the name tells no format", output.toString(), "*.onnx or *.safetensors", "Give --format");
        }
        if (chosen == Format.ONNX ? head : tap != null) {
            throw UadException.config(
                    head ? "--head is for safetensors" : "--tap is for ONNX",
                    output.toString(),
                    head ? "--tap top" : "the whole state dict",
                    "Leave it out, or choose the other format");
        }
        return chosen;
    }

    private @Nullable Format byName() {
        var name = output.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".onnx") ? Format.ONNX : name.endsWith(".safetensors") ? Format.SAFETENSORS : null;
    }
}
