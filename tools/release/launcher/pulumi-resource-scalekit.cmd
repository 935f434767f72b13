@echo off
rem Starts the provider in lib\ with a Python of this machine: PULUMI_PYTHON_CMD, or the first that lib\ has modules for.
setlocal
set "folder=%~dp0"
set "fits=import importlib.machinery as m, os, sys; sys.exit(not os.path.exists(sys.argv[1] + 'lib/grpc/_cython/cygrpc' + m.EXTENSION_SUFFIXES[0]))"
set python=
set candidate="%PULUMI_PYTHON_CMD%"
if defined PULUMI_PYTHON_CMD call :try
for %%p in (python python3 "py -3" @COMMANDS@) do (
    set "candidate=%%~p"
    call :try
)
if not defined python goto none
call %python% -I -S "%folder%plugin.py" %*
exit /b %errorlevel%

:none
echo The Scalekit provider needs @NEEDED@, and there is none on PATH. 1>&2
echo Install one (https://www.python.org/downloads/), or name one in PULUMI_PYTHON_CMD, and run the command again. 1>&2
exit /b 1

rem By call, because a Python may be a script, as pyenv-win's is, which would not come back.
rem The folder ends with a backslash, which would make text of the quotation mark after it: so it has a dot.
:try
if defined python exit /b 0
call %candidate% -I -S -c "%fits%" "%folder%./" >nul 2>&1
if %errorlevel%==0 set python=%candidate%
exit /b 0
