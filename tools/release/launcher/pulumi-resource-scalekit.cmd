@echo off
rem Starts the provider in lib\ with a Python of this machine: PULUMI_PYTHON_CMD, or the first that lib\ has modules for.
setlocal
set "fits=import importlib.machinery as m, os, sys; sys.exit(not os.path.exists(sys.argv[1] + 'lib/grpc/_cython/cygrpc' + m.EXTENSION_SUFFIXES[0]))"
if not defined PULUMI_PYTHON_CMD goto search
set python="%PULUMI_PYTHON_CMD%"
call :fits && goto start
:search
for %%p in (python python3 "py -3" @COMMANDS@) do (
    set "python=%%~p"
    call :fits && goto start
)
echo The Scalekit provider needs @NEEDED@, and there is none on PATH. 1>&2
echo Install one ^(https://www.python.org/downloads/^), or name one in PULUMI_PYTHON_CMD, and run the command again. 1>&2
exit /b 1

:start
%python% -I -S "%~dp0plugin.py" %*
exit /b

rem The folder ends with a backslash, which would take a quotation mark after it for text: so it has a dot.
:fits
%python% -I -S -c "%fits%" "%~dp0./" >nul 2>&1
exit /b
