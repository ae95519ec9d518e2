package io.uad.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.uad", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule pluginsSeeOnlyTheApi = noClasses()
            .that()
            .resideInAPackage("io.uad.plugin..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.uad.runtime..", "io.uad.cli..", "io.uad.testkit..");

    /** What engines have in common is no plugin; each engine brings its own copy. */
    @ArchTest
    static final ArchRule pluginsDoNotSeeEachOther = slices().matching("io.uad.plugin.(*).(*)..")
            .should()
            .notDependOnEachOther()
            .ignoreDependency(
                    resideInAPackage("io.uad.plugin.engine.."), resideInAPackage("io.uad.plugin.engine.common.."));

    @ArchTest
    static final ArchRule onlyTheCommandLineAndTheConsolePrint = noClasses()
            .that()
            .resideOutsideOfPackages("io.uad.cli..", "io.uad.plugin.listener.console..")
            .should(ACCESS_STANDARD_STREAMS);
}
