package io.uad.cli;

import io.uad.api.ErrorKind;
import io.uad.runtime.config.ConfigReader;
import io.uad.runtime.plugin.LoadFailure;
import io.uad.runtime.plugin.PluginCalls;
import io.uad.runtime.plugin.PluginSource;
import io.uad.runtime.plugin.RegisteredComponent;
import io.uad.testkit.contract.Contracts;
import io.uad.testkit.contract.Scorecard;
import io.uad.testkit.contract.Scorecard.Check;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code uad plugins verify}. */
@Command(
        name = "verify",
        description = {
            "Load a plugin by itself and check what it promises: shapes, ranges, determinism, errors, options.",
            "Runs the contract tests of the test kit on every component, with the defaults of its options unless --set gives "
                    + "others. Exit code 4 if one fails.",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  uad plugins verify my-clustering-1.0.jar",
            "  uad plugins verify target/classes --json",
            "  uad plugins verify my-dataset-1.0.jar --set dataset.path=images.txt",
        })
final class PluginVerifyCommand implements Callable<Integer> {
    private final Environment environment;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "PLUGIN", description = "A jar, a zip, an unpacked zip, or the classes of a build.")
    private Path plugin = Path.of("");

    @Mixin
    private SetFlags set = new SetFlags();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    PluginVerifyCommand(Environment environment) {
        this.environment = environment;
    }

    /** What was found about one component. */
    private record Verified(String component, Scorecard card) {}

    @Override
    public Integer call() {
        try (var contents = environment.places().only(plugin).contentsOfWhole()) {
            return verify(contents);
        }
    }

    private int verify(PluginSource.Contents contents) {
        var verified = contents.components().stream()
                .map(component -> new Verified(component.id(), verify(component)))
                .toList();
        var out = spec.commandLine().getOut();
        if (json) {
            Json.print(out, report(contents, verified));
        } else {
            contents.warnings().forEach(warning -> Notes.print(spec, "warning: " + warning));
            contents.failures().forEach(failure -> out.println("failed: " + failure.reason()));
            verified.forEach(each -> print(out, each));
            out.flush();
        }
        var works = contents.failures().isEmpty()
                && !verified.isEmpty()
                && verified.stream().allMatch(each -> each.card.passed());
        return works ? 0 : ErrorKind.PLUGIN.exitCode();
    }

    private Scorecard verify(RegisteredComponent component) {
        if (!json) {
            Notes.print(spec, "verifying " + component.id() + " ...");
        }
        return PluginCalls.during(
                component,
                () -> ConfigReader.options(component, set.assignments())
                        .map(options -> Contracts.run(component.provider(), options))
                        .orElseGet(() -> Contracts.run(component.provider())));
    }

    private static void print(PrintWriter out, Verified verified) {
        var checks = verified.card.checks();
        var passed = checks.stream().filter(Check::passed).count();
        out.println(verified.component + ": " + passed + " of " + checks.size() + " checks passed, "
                + verified.card.failures().size() + " failed");
        for (var check : checks) {
            out.println("  " + word(check) + "  " + check.name()
                    + (check.message().isEmpty() ? "" : ": " + oneLine(check)));
        }
    }

    private static String word(Check check) {
        return switch (check.outcome()) {
            case PASSED -> "ok         ";
            case FAILED -> "FAILED     ";
            case NOT_CHECKED -> "not checked";
        };
    }

    private static String oneLine(Check check) {
        return check.message().lines().findFirst().orElse("");
    }

    private static Map<String, Object> report(PluginSource.Contents contents, List<Verified> verified) {
        var report = new LinkedHashMap<String, Object>();
        report.put("warnings", contents.warnings());
        report.put(
                "failures",
                contents.failures().stream().map(LoadFailure::reason).toList());
        report.put(
                "components", verified.stream().map(PluginVerifyCommand::report).toList());
        return report;
    }

    private static Map<String, Object> report(Verified verified) {
        var report = new LinkedHashMap<String, Object>();
        report.put("component", verified.component);
        report.put("passed", verified.card.passed());
        report.put(
                "checks",
                verified.card.checks().stream()
                        .map(check -> Map.of(
                                "name", check.name(),
                                "outcome",
                                        check.outcome()
                                                .name()
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '-'),
                                "message", check.message()))
                        .toList());
        return report;
    }
}
