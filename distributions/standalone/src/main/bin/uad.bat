@echo off
rem Starts UAD. UAD_OPTS holds further options of the JVM, such as -Xmx4g; JAVA_HOME chooses the Java.
setlocal
for %%i in ("%~dp0..") do set "HOME_OF_UAD=%%~fi"

set "JAVA=java"
if defined JAVA_HOME if exist "%JAVA_HOME%\bin\java.exe" set "JAVA=%JAVA_HOME%\bin\java.exe"
if not "%JAVA%"=="java" goto found
where java >nul 2>nul
if errorlevel 1 (
  echo uad: no Java found. Install Java 17 or newer, or set JAVA_HOME to it. 1>&2
  exit /b 5
)
:found

if not defined OMP_WAIT_POLICY set "OMP_WAIT_POLICY=PASSIVE"
if not defined OPT_OUT_TRACKING set "OPT_OUT_TRACKING=true"
if not defined DJL_OFFLINE set "DJL_OFFLINE=true"

rem The parallel collector suits large arrays with short lives; a collector in UAD_OPTS takes its place.
set "COLLECTOR=-XX:+UseParallelGC"
set UAD_OPTS 2>nul | findstr /r /c:"-XX:+Use[A-Za-z0-9]*GC" >nul
if not errorlevel 1 set "COLLECTOR="

"%JAVA%" %COLLECTOR% -Dfile.encoding=UTF-8 -Djava.awt.headless=true "-Duad.home=%HOME_OF_UAD%" --enable-native-access=ALL-UNNAMED %UAD_OPTS% -cp "%HOME_OF_UAD%\lib\*;%HOME_OF_UAD%\natives\*" io.uad.cli.Main %*
exit /b %ERRORLEVEL%
