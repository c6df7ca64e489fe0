@echo off
rem Runs the OpenMargin command line from a checkout on Windows: builds on first use, then starts Java.
rem After changing sources, delete modules\cli\target\class-path to trigger a new build.
setlocal
set "ROOT=%~dp0.."
set "CLASS_PATH_FILE=%ROOT%\modules\cli\target\class-path"
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"

"%JAVA%" -version >nul 2>&1
if errorlevel 1 (
  echo openmargin: no Java found; install a JDK, 17 or newer, and put it on the PATH or set JAVA_HOME 1>&2
  exit /b 2
)

if not exist "%CLASS_PATH_FILE%" (
  echo openmargin: building; the first time, Maven downloads TensorFlow (250 MB) 1>&2
  pushd "%ROOT%"
  call mvn -q -B -Dmaven.test.skip=true -pl modules/cli -am package 1>&2
  popd
)
if not exist "%CLASS_PATH_FILE%" (
  echo openmargin: the build failed 1>&2
  exit /b 70
)

if not defined TF_CPP_MIN_LOG_LEVEL set "TF_CPP_MIN_LOG_LEVEL=3"
for /f "usebackq delims=" %%i in ("%CLASS_PATH_FILE%") do set "JARS=%%i"
rem The class path would make the command line too long, so it is passed in the environment.
set "CLASSPATH=%ROOT%\modules\cli\target\classes;%JARS%"
"%JAVA%" -XX:+UseParallelGC ^
  -Dfile.encoding=UTF-8 -Djava.awt.headless=true ^
  -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 -Dorg.bytedeco.javacpp.maxBytes=0 ^
  %OPENMARGIN_JAVA_OPTS% org.openmargin.cli.OpenMargin %*
exit /b %ERRORLEVEL%
