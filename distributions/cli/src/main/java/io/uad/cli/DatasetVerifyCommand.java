package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.runtime.config.NamedData;
import io.uad.runtime.image.BadImage;
import io.uad.runtime.packing.ReadingCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad dataset verify}. */
@Command(
        name = "verify",
        description =
                "Read every image once, with its checksum in a packed file, and name those that cannot be used. Exit code 3 "
                        + "if there are any.",
        footerHeading = "%nExamples:%n",
        footer = {"  uad dataset verify photos.uadpack", "  uad dataset verify photos/"})
final class DatasetVerifyCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "A packed file, or a folder of images.")
    private Path data = Path.of("");

    @Mixin
    private WorkerFlags workers = new WorkerFlags();

    @Mixin
    private SetFlags assignments = new SetFlags();

    @Option(names = "--json", description = "Print the result as JSON on standard output.")
    private boolean json;

    DatasetVerifyCommand(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        var layers = new ArrayList<>(NamedData.layers("FILE", data, List.of()));
        layers.addAll(workers.overrides("[console]", assignments.assignments()));
        var check = new ReadingCheck(environment.reader().read(layers));
        var result = environment.interruption().during(check::stop, check::execute);
        if (result.isEmpty()) {
            return Interruption.EXIT_CODE;
        }
        var bad = result.get().bad();
        if (json) {
            var values = new LinkedHashMap<String, Object>();
            values.put("images", result.get().images());
            values.put("bad", bad.stream().map(BadImage::path).toList());
            Json.print(spec.commandLine().getOut(), values);
        } else {
            Notes.print(spec, sentence(result.get().images(), bad));
        }
        return bad.isEmpty() ? 0 : ErrorKind.DATA.exitCode();
    }

    private static String sentence(int images, List<BadImage> bad) {
        return bad.isEmpty()
                ? images + " images, all can be used"
                : bad.size() + " of " + images + " images cannot be used";
    }
}
